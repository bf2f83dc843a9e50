using Canonbury.Fhir.Identifiers;
using Canonbury.Translate.Hl7v2.Parsing;
using Hl7.Fhir.Model;

namespace Canonbury.Translate.Hl7v2.Datatypes;

/// <summary>Identifiers with check digit, authority and type (map CX[Identifier]).</summary>
public static class Cx
{
    /// <summary>
    /// An NHS number that passes its check stands in the NHS's system. One that does not is kept as sent in a system of the source,
    /// with a finding, so that nothing can match on it.
    /// </summary>
    /// <param name="verification">The code of the NHS number's verification status (PID-32), where the source states one.</param>
    /// <param name="otherwise">What the numbers are called where neither authority nor type is given.</param>
    public static Identifier? ToIdentifier(Repetition cx, Draft draft, string? verification = null, string otherwise = "local")
    {
        if (cx[1].Text is not { } value)
        {
            return null;
        }

        Identifier identifier = IdentifierKinds.IsNhsNumber(cx)
            ? OfNhsNumber(value, cx, draft, verification)
            : new Identifier(SourceSystems.Of(cx[4], draft.Source, cx[5].Text ?? otherwise), value);
        if (cx[5].Text is { } type && identifier.System != NhsNumber.System)
        {
            identifier.Type = new CodeableConcept(Cwe.Table("0203"), FhirCodes.Clean(type));
        }

        identifier.Period = Periods.Of(Moment.Read(cx[7], draft), Moment.Read(cx[8], draft));
        if (cx[6].Sub(1) is { } facility)
        {
            identifier.Assigner = new ResourceReference { Display = facility };
        }

        return identifier;
    }

    public static Identifier? ToIdentifier(Field field, Draft draft, string otherwise = "local") =>
        ToIdentifier(field.First, draft, null, otherwise);

    private static Identifier OfNhsNumber(string value, Repetition cx, Draft draft, string? verification)
    {
        if (!NhsNumber.TryParse(value, out NhsNumber number))
        {
            draft.Report(cx.Path, "nhs-number-invalid",
                "The NHS number fails its check digit or is not ten digits; it was kept as sent, outside the NHS's system.");
            return new Identifier(SourceSystems.Local(draft.Source, "nhs-number-not-valid"), value);
        }

        Identifier identifier = new(NhsNumber.System, number.Digits);
        if (NhsNumberStatus.Of(verification) is { } status)
        {
            identifier.Extension.Add(status);
        }

        return identifier;
    }
}
