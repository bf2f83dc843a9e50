using System.Collections.Frozen;
using System.Xml;
using Canonbury.Fhir.Problems;
using Hl7.Fhir.Model;
using Hl7.Fhir.Serialization;
using Hl7.Fhir.Utility;
using Hl7.Fhir.Validation;
using Type = Hl7.Fhir.Model.OperationOutcome.IssueType;

namespace Canonbury.Fhir.Json;

/// <summary>Turns what the SDK reports into issues with our own stable codes and words, which, unlike the SDK's, never quote a value.</summary>
internal static class ParseIssues
{
    private static readonly FrozenDictionary<string, (string Code, string Words, Type Type)> Known =
        new Dictionary<string, (string, string, Type)>
        {
            [CodedValidationException.CHOICE_TYPE_NOT_ALLOWED_CODE] = ("type-not-allowed", "The type is not one that this element allows.", Type.Structure),
            [CodedValidationException.INCORRECT_CARDINALITY_MIN_CODE] = ("cardinality-too-few", "The element occurs too few times.", Type.Required),
            [CodedValidationException.INCORRECT_CARDINALITY_MAX_CODE] = ("cardinality-too-many", "The element occurs too many times.", Type.Structure),
            [CodedValidationException.REPEATING_ELEMENT_CANNOT_CONTAIN_NULL_CODE] = ("null-in-list", "A list holds a null.", Type.Structure),
            [CodedValidationException.MANDATORY_ELEMENT_MUST_BE_PRESENT_CODE] = ("element-required", "A required element is absent.", Type.Required),
            [CodedValidationException.NARRATIVE_XML_IS_MALFORMED_CODE] = ("narrative-malformed", "The narrative is not well-formed XHTML.", Type.Invalid),
            [CodedValidationException.NARRATIVE_XML_IS_INVALID_CODE] = ("narrative-invalid", "The narrative uses XHTML that R4 does not allow.", Type.Invalid),
            [CodedValidationException.INVALID_CODED_VALUE_CODE] = ("code-invalid", "The code is not in the value set that this element requires.", Type.CodeInvalid),
            [CodedValidationException.CONTAINED_RESOURCES_CANNOT_BE_NESTED_CODE] = ("contained-nested", "A contained resource contains another.", Type.Structure),
            [CodedValidationException.INVALID_STRING_LENGTH_CODE] = ("string-length", "The text is empty or longer than its type allows.", Type.Value),
            [CodedValidationException.INVALID_BASE64_VALUE_CODE] = ("base64-invalid", "The value is not base64.", Type.Value),
            [CodedValidationException.INCORRECT_LITERAL_VALUE_TYPE_CODE] = ("value-type", "The value has another JSON type than the element.", Type.Value),
            [CodedValidationException.LITERAL_INVALID_CODE] = ("value-invalid", "The value does not have the form of its type.", Type.Value),
            [CodedValidationException.POSITIVE_INT_MUST_BE_POSITIVE_CODE] = ("value-invalid", "The number must be above 0.", Type.Value),
            [CodedValidationException.UNSIGNED_INT_MUST_NOT_BE_NEGATIVE_CODE] = ("value-invalid", "The number must not be below 0.", Type.Value),
            [CodedValidationException.PROPERTY_TYPE_MISMATCH_CODE] = ("type-mismatch", "The element has another type than R4 gives it.", Type.Structure),
            [CodedValidationException.UNKNOWN_ELEMENT_CODE] = ("element-unknown", "R4 has no such element here.", Type.Structure),
            [CodedValidationException.ELEMENT_CANNOT_BE_EMPTY_CODE] = ("element-empty", "The element has neither value nor children.", Type.Structure),
            [CodedValidationException.UNKNOWN_RESOURCE_TYPE_CODE] = ("resource-type-unknown", "R4 has no such resource type.", Type.Structure),
            [CodedValidationException.WRONG_CASED_ELEMENT_CODE] = ("element-unknown", "The element's name has wrong upper and lower case.", Type.Structure),
            [CodedValidationException.WRONG_CASED_RESOURCE_TYPE_CODE] = ("resource-type-unknown", "The type's name has wrong upper and lower case.", Type.Structure),
            [FhirJsonException.RESOURCETYPE_SHOULD_BE_STRING_CODE] = ("resource-type-absent", "resourceType must be a string.", Type.Structure),
            [FhirJsonException.NO_RESOURCETYPE_PROPERTY_CODE] = ("resource-type-absent", "There is no resourceType.", Type.Structure),
            [FhirJsonException.DUPLICATE_PROPERTY_CODE] = ("property-duplicate", "A property occurs twice in one object.", Type.Structure),
            [FhirJsonException.OBJECTS_CANNOT_BE_EMPTY_CODE] = ("element-empty", "An object is empty.", Type.Structure),
            [FhirJsonException.ARRAYS_CANNOT_BE_EMPTY_CODE] = ("element-empty", "An array is empty.", Type.Structure),
            [FhirXmlException.ELEMENT_OUT_OF_ORDER_CODE] = ("element-order", "The element stands in the wrong place in the order.", Type.Structure),
            [FhirXmlException.ELEMENT_NOT_IN_SEQUENCE_CODE] = ("element-order", "Repeats of the element do not stand together.", Type.Structure),
        }.ToFrozenDictionary();

    /// <summary>Tolerated, and reported as warnings: they change nothing of what the source said.</summary>
    private static readonly FrozenSet<string> Tolerated = new[]
    {
        FhirXmlException.SCHEMALOCATION_DISALLOWED_CODE,
        FhirXmlException.STRING_SHOULD_NOT_HAVE_LEADING_OR_TRAILING_WHITESPACE,
    }.ToFrozenSet();

    public static IReadOnlyList<Issue> Of(Resource? resource, IEnumerable<CodedException> issues) =>
        [.. issues.Select(Of).Select(i => i with { Expression = Rooted(resource, i.Expression) })
            .Where(i => !IsBareResource(resource, i)).Select(i => Narratives.Weigh(resource, i))];

    /// <summary>
    /// The SDK's Try methods let some exceptions out on malformed content (found by fuzzing); none of these types means an outage here,
    /// where nothing but memory is touched.
    /// </summary>
    public static bool IsFromContent(Exception broken) => broken is InvalidOperationException or ArgumentException or FormatException
        or OverflowException or XmlException or NotSupportedException or InvalidCastException or NullReferenceException
        or IndexOutOfRangeException or KeyNotFoundException or CodedException;

    // A resource that says nothing but its type is one: resourceType is a property (json.html), and ele-1 is about elements.
    private static bool IsBareResource(Resource? resource, Issue issue) => issue.Code == "element-empty"
        && (issue.Expression == resource?.TypeName || issue.Expression?.EndsWith(".resource", StringComparison.Ordinal) == true);

    // The SDK writes the root as $this in some messages.
    private static string? Rooted(Resource? resource, string? path) =>
        resource is not null && path is ['$', 't', 'h', 'i', 's', .. string rest] ? resource.TypeName + rest
            : path is { Length: > 0 } ? path
            : null;

    private static Issue Of(CodedException issue)
    {
        (string code, string words, Type type) = Known.TryGetValue(issue.ErrorCode, out (string Code, string Words, Type Type) known)
            ? known
            : ("structure-invalid", $"The structure is not that of R4 ({issue.ErrorCode}).", Type.Structure);
        ExtendedCodedException? placed = issue as ExtendedCodedException;
        OperationOutcome.IssueSeverity severity = Tolerated.Contains(issue.ErrorCode)
            ? OperationOutcome.IssueSeverity.Warning
            : OperationOutcome.IssueSeverity.Error;
        return new Issue(code, words, placed?.InstancePath, placed?.LineNumber, type, severity);
    }
}
