using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Canonbury.Access.Audit;
using Canonbury.Translate.FhirPush;
using Microsoft.AspNetCore.WebUtilities;

namespace Canonbury.Server.Api;

/// <summary>What a transaction or batch answers: an entry for each that was sent, in that order. https://hl7.org/fhir/R4/http.html#transaction-response</summary>
internal static class ResponseBundle
{
    /// <param name="type"><c>transaction-response</c> or <c>batch-response</c>.</param>
    public static FhirAnswer Of(string type, IReadOnlyList<EntryCall> entries, IReadOnlyList<FhirAnswer> answers)
    {
        ArrayBufferWriter<byte> buffer = new(4096);
        using Utf8JsonWriter json = new(buffer, SearchBundle.Compact);
        json.WriteStartObject();
        json.WriteString("resourceType"u8, "Bundle"u8);
        json.WriteString("type"u8, type);
        if (entries.Count > 0)
        {
            json.WriteStartArray("entry"u8);
            for (int i = 0; i < entries.Count; i++)
            {
                Entry(json, entries[i], answers[i]);
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
        json.Flush();
        return new FhirAnswer(StatusCodes.Status200OK, buffer.WrittenMemory) { Shown = Shown(answers) };
    }

    private static void Entry(Utf8JsonWriter json, EntryCall entry, FhirAnswer answer)
    {
        if (answer.Problem is { } problem)
        {
            answer = FhirAnswer.Of(EntryElements.Of(entry.Call, problem)) with { Resource = answer.Resource };
        }

        bool isOutcome = answer.IsOutcome || answer.Status >= 400;
        bool hasBody = !answer.Json.IsEmpty && !HttpMethods.IsHead(entry.Call.Context.Request.Method);
        json.WriteStartObject();
        if (hasBody && !isOutcome)
        {
            json.WritePropertyName("resource"u8);
            json.WriteRawValue(answer.Json.Span, skipInputValidation: true);
        }

        json.WriteStartObject("response"u8);
        json.WriteString("status"u8, string.Create(CultureInfo.InvariantCulture, $"{answer.Status} {ReasonPhrases.GetReasonPhrase(answer.Status)}"));
        if (answer.Location is not null)
        {
            json.WriteString("location"u8, answer.Location);
        }

        if (answer.Resource is { } stored)
        {
            json.WriteString("etag"u8, EntityTag.Of(stored.Version));
            json.WriteString("lastModified"u8, stored.LastModified.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture));
        }

        if (hasBody && isOutcome)
        {
            json.WritePropertyName("outcome"u8);
            json.WriteRawValue(answer.Json.Span, skipInputValidation: true);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static ShownItems Shown(IReadOnlyList<FhirAnswer> answers)
    {
        List<ShownItem> items = [.. answers.SelectMany(answer => answer.Shown.Items)];
        IEnumerable<KeyValuePair<string, int>> counts = answers
            .SelectMany(answer => answer.Shown.Counts.Count > 0 ? answer.Shown.Counts : answer.Shown.Items.CountBy(item => item.Type))
            .GroupBy(count => count.Key, count => count.Value)
            .Select(type => KeyValuePair.Create(type.Key, type.Sum()));
        return new ShownItems
        {
            Patients = [.. answers.SelectMany(answer => answer.Shown.Patients).Distinct()],
            Items = items.Count > ShownItems.MostItems ? [] : items,
            Counts = new SortedDictionary<string, int>(counts.ToDictionary(StringComparer.Ordinal), StringComparer.Ordinal),
            Positions = [.. answers.SelectMany(answer => answer.Shown.Positions)],
        };
    }
}
