using Canonbury.Translate.Hl7v2.Datatypes;
using Canonbury.Translate.Hl7v2.Parsing;
using Hl7.Fhir.Model;

namespace Canonbury.Translate.Hl7v2.Adt;

/// <summary>PID: names, birth, sex, ethnic category, marital status, religion, language, nationality, multiple birth, death.</summary>
internal static class PidDemographics
{
    private const string Core = "http://hl7.org/fhir/StructureDefinition/";

    public static void Read(Segment pid, Patient patient, List<string> cleared, Draft draft)
    {
        Names(pid, patient, cleared, draft);
        Birth(pid, patient, cleared, draft);
        Death(pid, patient, cleared, draft);
        if (pid[8].Text is { } sex)
        {
            patient.Gender = Genders.Of(sex);
            if (patient.Gender is null)
            {
                draft.Report("PID-8", "sex-unknown-code",
                    "The code is neither in HL7 table 0001 nor in the NHS Data Dictionary; it was left out.");
            }
        }

        Ethnicity(pid, patient, cleared, draft);
        patient.MaritalStatus = MaritalStatuses.ToConcept(pid[16], draft);
        ClearIfNull(pid, 8, "gender", cleared);
        ClearIfNull(pid, 16, "maritalStatus", cleared);
        Extend(pid, 17, "patient-religion", patient, cleared, Cwe.ToConcept(pid[17], draft, Cwe.Table("0006")));
        Extend(pid, 23, "patient-birthPlace", patient, cleared, pid[23].Text is { } place ? new Address { Text = place } : null);
        Language(pid, patient, cleared, draft);
        Nationality(pid, patient, cleared, draft);
    }

    private static void Names(Segment pid, Patient patient, List<string> cleared, Draft draft)
    {
        foreach (Repetition xpn in pid[5])
        {
            // XPN-7 left out: the first name of PID-5 is the legal name (HL7 v2.4, 3.4.2.5).
            AddIfAny(patient.Name, Xpn.ToHumanName(xpn, draft, xpn.Number == 1 ? HumanName.NameUse.Official : null));
        }

        foreach (Repetition xpn in pid[9])
        {
            AddIfAny(patient.Name, Xpn.ToHumanName(xpn, draft));
        }

        FhirString? maidenName = Xpn.ToText(pid[6].First) is { } maiden ? new FhirString(maiden) : null;
        Extend(pid, 6, "patient-mothersMaidenName", patient, cleared, maidenName);
        ClearIfNull(pid, 5, "name", cleared);
    }

    private static void Birth(Segment pid, Patient patient, List<string> cleared, Draft draft)
    {
        if (Moment.Read(pid[7], draft) is { } birth)
        {
            patient.BirthDateElement = birth.FhirDate;

            // Midnight exactly is how senders fill a time that they do not know.
            if (birth.Precision > TimePrecision.Day && birth.Start.TimeOfDay != TimeSpan.Zero)
            {
                patient.BirthDateElement.Extension.Add(new Extension(Core + "patient-birthTime", birth.FhirDateTime));
            }
        }

        ClearIfNull(pid, 7, "birthDate", cleared);
        pid.Skip(24, 25);
        if (Nm.ReadInteger(pid[25], draft) is { } order)
        {
            patient.MultipleBirth = new Integer(order);
        }
        else if (YesNo(pid[24]) is { } multiple)
        {
            patient.MultipleBirth = new FhirBoolean(multiple);
        }
        else if (pid.Peek(24).IsNull || pid.Peek(25).IsNull)
        {
            cleared.Add("multipleBirth");
        }
    }

    private static void Death(Segment pid, Patient patient, List<string> cleared, Draft draft)
    {
        pid.Skip(29, 30);
        if (Moment.Read(pid[29], draft) is { } death)
        {
            patient.Deceased = death.FhirDateTime;
        }
        else if (YesNo(pid[30]) is { } dead)
        {
            patient.Deceased = new FhirBoolean(dead);
        }
        else if (pid.Peek(29).IsNull || pid.Peek(30).IsNull)
        {
            cleared.Add("deceased");
        }
    }

    /// <summary>UK senders put the ethnic category in PID-22; some put it in PID-10.</summary>
    private static void Ethnicity(Segment pid, Patient patient, List<string> cleared, Draft draft)
    {
        int number = pid.Peek(22).IsValued || !EthnicCategories.IsKnown(pid.Peek(10)) ? 22 : 10;
        if (EthnicCategories.ToExtension(pid[number], draft) is { } category)
        {
            patient.Extension.Add(category);
        }
        else if (pid.Peek(22).IsNull)
        {
            cleared.Add($"extension/{EthnicCategories.Url}");
        }
    }

    private static void Language(Segment pid, Patient patient, List<string> cleared, Draft draft)
    {
        if (Cwe.ToConcept(pid[15], draft) is { } language)
        {
            // HL7 table 0296 is local; a code of two or three letters in no system is one of ISO 639, which BCP 47 is made of.
            foreach (Coding coding in language.Coding)
            {
                if (coding.System is null && coding.Code is { Length: 2 or 3 } code && code.All(char.IsAsciiLetter))
                {
                    coding.System = "urn:ietf:bcp:47";
                    coding.Code = code.ToLowerInvariant();
                }
            }

            patient.Communication.Add(new Patient.CommunicationComponent { Language = language });
        }

        ClearIfNull(pid, 15, "communication", cleared);
    }

    private static void Nationality(Segment pid, Patient patient, List<string> cleared, Draft draft)
    {
        Extension? nationality = null;
        if (Cwe.ToConcept(pid[28], draft) is { } concept)
        {
            nationality = new Extension { Url = Core + "patient-nationality" };
            nationality.Extension.Add(new Extension("code", concept));
            patient.Extension.Add(nationality);
        }

        ClearIfNull(pid, 28, $"extension/{Core}patient-nationality", cleared);
    }

    private static void Extend(Segment pid, int number, string name, Patient patient, List<string> cleared, DataType? value)
    {
        if (value is not null)
        {
            patient.Extension.Add(new Extension(Core + name, value));
        }

        ClearIfNull(pid, number, $"extension/{Core}{name}", cleared);
    }

    private static bool? YesNo(Field field) => field.Text?.ToUpperInvariant() switch
    {
        "Y" or "YES" or "TRUE" => true,
        "N" or "NO" or "FALSE" => false,
        _ => null,
    };

    private static void ClearIfNull(Segment pid, int number, string key, List<string> cleared)
    {
        if (pid.Peek(number).IsNull)
        {
            cleared.Add(key);
        }
    }

    private static void AddIfAny(List<HumanName> names, HumanName? name)
    {
        if (name is not null)
        {
            names.Add(name);
        }
    }
}
