using System.Text;
using Canonbury.Fhir.Ids;
using Canonbury.Fhir.Statements;
using Canonbury.Translate;
using Canonbury.Translate.Hl7v2;
using Hl7.Fhir.Model;

namespace Canonbury.Tests.Translate.Clinical;

/// <summary>Made-up messages about one made-up patient, and what comes of them.</summary>
internal static class Messages
{
    public static readonly TranslationContext Context = new(
        new SourceId("lab"), TimeZoneInfo.FindSystemTimeZoneById("Europe/London"), new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    /// <summary>A message of one event with a thin PID and the segments given.</summary>
    public static Translation Translate(string type, params string[] segments) => TranslateAt("20260301103000", type, segments);

    public static Translation TranslateAt(string messageTime, string type, params string[] segments)
    {
        string header = $@"MSH|^~\&|LAB|RXX|CAN|BURY|{messageTime}||{type}|C1|P|2.4";
        string text = string.Join('\r', [header, "PID|1||H100^^^RXX^MR", .. segments]);
        return Hl7v2Translator.Translate(Encoding.UTF8.GetBytes(text), Context);
    }

    /// <summary>The resources of a type, in the order of the statements.</summary>
    public static List<T> All<T>(this Translation translation)
        where T : Resource => [.. translation.Statements.Select(statement => statement.Content).OfType<T>()];

    public static ResourceStatement StatementOf<T>(this Translation translation)
        where T : Resource => translation.Statements.First(statement => statement.Content is T);
}
