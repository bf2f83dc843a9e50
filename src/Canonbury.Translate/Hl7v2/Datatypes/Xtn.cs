using System.Globalization;
using Canonbury.Translate.Hl7v2.Parsing;
using Hl7.Fhir.Model;

namespace Canonbury.Translate.Hl7v2.Datatypes;

/// <summary>Telephone numbers and electronic addresses (map XTN[ContactPoint]).</summary>
public static class Xtn
{
    /// <summary>Null when there is no number and no address.</summary>
    /// <param name="defaultUse">What the field means where XTN-2 says nothing: PID-13 is home, PID-14 is work.</param>
    public static ContactPoint? ToContactPoint(Repetition xtn, Draft draft, ContactPoint.ContactPointUse? defaultUse = null)
    {
        string equipment = xtn[3].Text?.ToUpperInvariant() ?? "";
        string? number = xtn[12].Text ?? xtn[1].Text ?? Assembled(xtn);
        string? electronic = xtn[4].Text;
        bool isElectronic = equipment is "INTERNET" or "X.400" or "EMAIL" || (electronic is not null && number is null);
        string? value = isElectronic ? electronic ?? number : number ?? electronic;
        if (value is null)
        {
            return null;
        }

        string use = xtn[2].Text?.ToUpperInvariant() ?? "";
        bool isAddress = value.Contains('@', StringComparison.Ordinal);
        return new ContactPoint
        {
            Value = value,
            System = isAddress ? ContactPoint.ContactPointSystem.Email : SystemOf(equipment, use),
            Use = equipment == "CP" ? ContactPoint.ContactPointUse.Mobile : UseOf(use) ?? defaultUse,
            Period = Periods.Of(Moment.Read(xtn[13], draft), Moment.Read(xtn[14], draft)),
            Rank = int.TryParse(xtn[18].Text, NumberStyles.None, CultureInfo.InvariantCulture, out int rank) && rank > 0 ? rank : null,
        };
    }

    /// <summary>Country, area, local number and extension, where the sender gives only the parts.</summary>
    private static string? Assembled(Repetition xtn)
    {
        string? country = xtn[5].Text is { } code ? $"+{code.TrimStart('+')}" : null;
        string? extension = xtn[8].Text is { } number ? $"X{number}" : null;
        return xtn[7].Text is { } local ? Xpn.Joined(country, xtn[6].Text, local, extension) : null;
    }

    /// <summary>HL7 table 0202 (map TelecommunicationEquipmentType); a number is a telephone unless something says otherwise.</summary>
    private static ContactPoint.ContactPointSystem SystemOf(string equipment, string use) => equipment switch
    {
        "FX" or "FAX" => ContactPoint.ContactPointSystem.Fax,
        "BP" => ContactPoint.ContactPointSystem.Pager,
        "INTERNET" when use != "NET" => ContactPoint.ContactPointSystem.Url,
        "INTERNET" or "X.400" or "EMAIL" => ContactPoint.ContactPointSystem.Email,
        "MD" or "TDD" or "TTY" => ContactPoint.ContactPointSystem.Other,
        _ => use is "NET" ? ContactPoint.ContactPointSystem.Email : ContactPoint.ContactPointSystem.Phone,
    };

    /// <summary>HL7 table 0201 (map TelecommunicationUseCode), with the words that some systems write.</summary>
    private static ContactPoint.ContactPointUse? UseOf(string use) => use switch
    {
        "PRN" or "ORN" or "VHN" or "HOME" => ContactPoint.ContactPointUse.Home,
        "WPN" or "WORK" or "BUSINESS" => ContactPoint.ContactPointUse.Work,
        "PRS" or "CP" or "MOBILE" or "MOB" => ContactPoint.ContactPointUse.Mobile,
        "TMP" or "TEMP" => ContactPoint.ContactPointUse.Temp,
        "OLD" => ContactPoint.ContactPointUse.Old,
        _ => null,
    };
}
