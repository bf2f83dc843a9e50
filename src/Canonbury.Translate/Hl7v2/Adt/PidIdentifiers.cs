using Canonbury.Fhir.Identifiers;
using Canonbury.Translate.Hl7v2.Datatypes;
using Canonbury.Translate.Hl7v2.Parsing;
using Hl7.Fhir.Model;

namespace Canonbury.Translate.Hl7v2.Adt;

/// <summary>PID-3, PID-2, PID-4, PID-19 and PID-20 as identifiers of the patient, each once.</summary>
internal static class PidIdentifiers
{
    public static void Read(Segment pid, Patient patient, List<string> cleared, Draft draft)
    {
        string? verification = StatusOf(pid);
        foreach (int number in (ReadOnlySpan<int>)[3, 2, 4])
        {
            foreach (Repetition cx in pid[number])
            {
                Add(patient, Cx.ToIdentifier(cx, draft, verification));
                if (cx[1].IsNull && IdentifierKinds.IsNhsNumber(cx))
                {
                    // The source takes its NHS number back; a repetition that is left out would say nothing.
                    cleared.Add($"identifier/{NhsNumber.System}");
                }
            }
        }

        if (pid[19].Text is { } national)
        {
            // PID-19 is the United States' number by its name; UK senders of old put the NHS number there.
            Add(patient, NhsNumber.TryParse(national, out NhsNumber number)
                ? new Identifier(NhsNumber.System, number.Digits)
                : new Identifier(SourceSystems.Local(draft.Source, "PID-19"), national));
        }

        if (pid[20].Text is { } licence)
        {
            Add(patient, new Identifier(SourceSystems.Local(draft.Source, pid[20][2].Text ?? "driving-licence"), licence)
            {
                Type = new CodeableConcept(Cwe.Table("0203"), "DL"),
            });
        }
    }

    /// <summary>PID-32, where it holds the NHS Data Dictionary's status code and not one of HL7 table 0445.</summary>
    private static string? StatusOf(Segment pid) =>
        NhsNumberStatus.Of(pid.Peek(32).Text) is null ? null : pid[32].Text;

    /// <summary>The same number may stand in PID-2 and PID-3; the first, with more detail, stays.</summary>
    private static void Add(Patient patient, Identifier? identifier)
    {
        if (identifier is not null
            && !patient.Identifier.Exists(other => other.Value == identifier.Value && other.System == identifier.System))
        {
            patient.Identifier.Add(identifier);
        }
    }
}
