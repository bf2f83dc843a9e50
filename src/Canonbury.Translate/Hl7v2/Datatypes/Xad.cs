using Canonbury.Translate.Hl7v2.Parsing;
using Hl7.Fhir.Model;

namespace Canonbury.Translate.Hl7v2.Datatypes;

/// <summary>Addresses (maps XAD[Address] and SAD[Address]).</summary>
public static class Xad
{
    /// <summary>Null when no line, town, postcode, county or country is there.</summary>
    public static Address? ToAddress(Repetition xad, Draft draft)
    {
        Address address = new()
        {
            City = xad[3].Text,
            State = xad[4].Text,
            PostalCode = xad[5].Text,
            Country = xad[6].Text,
            District = xad[9].Text,
        };
        foreach (string? line in (ReadOnlySpan<string?>)[xad[19].Text, xad[1].Sub(1), xad[1].Sub(2), xad[1].Sub(3), xad[2].Text,
            xad[8].Text])
        {
            if (line is not null)
            {
                address.LineElement.Add(new FhirString(line));
            }
        }

        if (address.LineElement.Count == 0
            && (address.City ?? address.State ?? address.PostalCode ?? address.Country ?? address.District) is null)
        {
            return null;
        }

        string? type = xad[7].Text?.ToUpperInvariant();
        address.Use = UseOf(type) ?? (xad[16].Text == "Y" ? Address.AddressUse.Temp : xad[17].Text == "Y" ? Address.AddressUse.Old : null);
        address.Type = type switch
        {
            "M" or "SH" => Address.AddressType.Postal,
            _ => null,
        };
        address.Period = Periods.Of(Moment.Read(xad[13], draft), Moment.Read(xad[14], draft)) ?? Periods.OfRange(xad[12], draft);
        return address;
    }

    /// <summary>
    /// HL7 table 0190 (map AddressType[Use]), with the words that some systems write. P (permanent) is where the person lives, for which
    /// UK Core says home.
    /// </summary>
    private static Address.AddressUse? UseOf(string? type) => type switch
    {
        "H" or "P" or "HOME" or "L" or "HV" => Address.AddressUse.Home,
        "B" or "O" or "WORK" or "BUSINESS" => Address.AddressUse.Work,
        "C" or "TM" or "TEMP" => Address.AddressUse.Temp,
        "BA" or "OLD" or "PREVIOUS" => Address.AddressUse.Old,
        "BI" => Address.AddressUse.Billing,
        _ => null,
    };
}
