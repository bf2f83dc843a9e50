using System.Text;
using Canonbury.Fhir.Ids;
using Canonbury.Fhir.Statements;
using Canonbury.Translate;
using Canonbury.Translate.Hl7v2;
using Canonbury.Translate.Hl7v2.Parsing;
using Hl7.Fhir.Model;

namespace Canonbury.Tests.Translate.Hl7v2;

/// <summary>Short ways to write messages in tests and to look at what they become.</summary>
internal static class Hl7
{
    public const string Msh = @"MSH|^~\&|PAS|RQX|CANONBURY|C|20240501101500||ADT^A08^ADT_A01|42|P|2.4";

    public static readonly TranslationContext Context = new(
        new SourceId("pas"), TimeZoneInfo.FindSystemTimeZoneById("Europe/London"), new DateTimeOffset(2024, 5, 1, 12, 0, 0, TimeSpan.Zero));

    public static byte[] Bytes(params string[] segments) => Encoding.UTF8.GetBytes(string.Join('\r', segments) + "\r");

    public static Hl7Message Message(params string[] segments) => Hl7Message.Parse(Bytes(segments));

    public static Draft Draft(params string[] segments)
    {
        Hl7Message message = Message(segments);
        return new Draft(message, Canonbury.Translate.Hl7v2.Parsing.MessageHeader.Of(message), Context);
    }

    /// <summary>The first repetition of a Z segment's first field: somewhere to put a datatype.</summary>
    public static (Repetition Value, Draft Draft) Value(string text)
    {
        Draft draft = Draft(Msh, "ZZZ|" + text);
        return (draft.Message.First("ZZZ")[1].First, draft);
    }

    public static Canonbury.Translate.Translation Translate(params string[] segments) =>
        Hl7v2Translator.Translate(Bytes(segments), Context);

    /// <summary>An ADT message of an event, with PID and whatever follows.</summary>
    public static Canonbury.Translate.Translation Adt(string trigger, params string[] segments) =>
        Translate([$@"MSH|^~\&|PAS|RQX|CANONBURY|C|20240501101500||ADT^{trigger}|42|P|2.4", $"EVN|{trigger}|20240501101400", .. segments]);

    public static T Only<T>(this Canonbury.Translate.Translation translation)
        where T : Resource => (T)translation.Statement<T>().Content;

    /// <summary>The one statement about a resource of the type, apart from what holds only until a message says it.</summary>
    public static ResourceStatement Statement<T>(this Canonbury.Translate.Translation translation)
        where T : Resource => translation.Statements.Single(
            statement => statement.Content is T && statement.Stamp?.At != DateTimeOffset.UnixEpoch);
}
