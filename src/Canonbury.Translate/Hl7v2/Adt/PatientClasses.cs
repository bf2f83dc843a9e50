using System.Collections.Frozen;
using Canonbury.Translate.Codes;
using Canonbury.Translate.Hl7v2.Datatypes;
using Canonbury.Translate.Hl7v2.Parsing;
using Hl7.Fhir.Model;

namespace Canonbury.Translate.Hl7v2.Adt;

/// <summary>Patient class: HL7 table 0004 (map PatientClass[EncounterClass]).</summary>
internal static class PatientClasses
{
    private const string Act = "http://terminology.hl7.org/CodeSystem/v3-ActCode";

    private static readonly FrozenDictionary<string, Coding> Rows = new Dictionary<string, Coding>
    {
        ["E"] = new(Act, "EMER", "emergency"),
        ["I"] = new(Act, "IMP", "inpatient encounter"),
        ["O"] = new(Act, "AMB", "ambulatory"),
        ["P"] = new(Act, "PRENC", "pre-admission"),
        ["R"] = new(Cwe.Table("0004"), "R", "Recurring patient"),
        ["B"] = new(Cwe.Table("0004"), "B", "Obstetrics"),
        ["C"] = new(Cwe.Table("0004"), "C", "Commercial Account"),
        ["N"] = new(Cwe.Table("0004"), "N", "Not Applicable"),
        ["U"] = new(Cwe.Table("0004"), "U", "Unknown"),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>
    /// Null when PV1-2 says nothing. A code that is not in the table keeps the sender's system, or a system of the source.
    /// </summary>
    public static Coding? Of(Field field, Draft draft)
    {
        if (field.Text is not { } code)
        {
            return null;
        }

        return Rows.TryGetValue(code.ToUpperInvariant(), out Coding? row)
            ? new Coding(row.System, row.Code, row.Display)
            : Cwe.ToCoding(field.First, draft, CodingSystems.Of(draft.Source, "patient-class"));
    }
}
