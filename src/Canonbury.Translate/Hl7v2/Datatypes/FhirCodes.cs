namespace Canonbury.Translate.Hl7v2.Datatypes;

/// <summary>
/// Makes what a sender calls a code fit FHIR's <c>code</c>: no space at the ends, and single spaces within (R4 datatypes.html#code).
/// </summary>
internal static class FhirCodes
{
    public static string Clean(string code) =>
        code.AsSpan().ContainsAny("\t\r\n") || code.Contains("  ", StringComparison.Ordinal)
            ? string.Join(' ', code.Split([' ', '\t', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries))
            : code;
}
