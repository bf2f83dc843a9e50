using Canonbury.Fhir.Ids;
using Canonbury.Fhir.Json;
using Canonbury.Fhir.Statements;
using Canonbury.Record.Folding;
using Hl7.Fhir.Model;

namespace Canonbury.Tests.Record.Folding;

/// <summary>One statement with the time at which the source said it.</summary>
internal sealed record Said(ResourceStatement Statement, Stamp Stamp)
{
    public const string Id = "7b0d2a4e-0001-4000-8000-000000000001";

    private static readonly DateTimeOffset Start = new(2026, 3, 1, 9, 0, 0, TimeSpan.Zero);

    public static Said Elements(int at, Patient content, params string[] cleared) => Of(at, StatementMode.Elements, content, cleared);

    public static Said Snapshot(int at, Patient content) => Of(at, StatementMode.Snapshot, content);

    public static Said Deletion(int at) => Of(at, StatementMode.Delete, new Patient());

    public static Said Of(int at, StatementMode mode, Patient content, params string[] cleared)
    {
        content.Id = Id;
        return new Said(new ResourceStatement { Content = content, Mode = mode, Cleared = cleared, Owner = PatientId.Nobody }, StampOf(at));
    }

    /// <summary>Three statements share each second, so that ties decide too; the first of all is the oldest stamp of a fallback.</summary>
    public static Stamp StampOf(int at) => at == 0
        ? new Stamp(DateTimeOffset.UnixEpoch, "")
        : new Stamp(Start.AddSeconds(at / 3), $"20260301|{at:D3}|0a1b2c");

    /// <summary>Folds in this order, with a trip through the bytes that are stored after each statement.</summary>
    public static FoldedContent Fold(IEnumerable<Said> arriving)
    {
        FoldedContent content = new(new Patient { Id = Id }, new FoldState());
        foreach (Said said in arriving)
        {
            content.Take(said.Statement with { Content = (Resource)said.Statement.Content.DeepCopy() }, said.Stamp);
            content = Stored(content);
        }

        return content;
    }

    public static FoldedContent Stored(FoldedContent content) => new(
        FhirJson.ParseStored(FhirJson.ToUtf8(content.Build())).Resource!, FoldState.Of(content.State.ToBytes()));

    /// <summary>Everything that could differ: the content as it is stored, and the fold state.</summary>
    public static string Everything(FoldedContent content) =>
        System.Text.Encoding.UTF8.GetString(FhirJson.ToUtf8(content.Build())) + System.Text.Encoding.UTF8.GetString(content.State.ToBytes());

    public override string ToString() =>
        $"{Stamp.At:HH:mm:ss} {Stamp.Tie} {Statement.Mode} {System.Text.Encoding.UTF8.GetString(FhirJson.ToUtf8(Statement.Content))} cleared [{string.Join(' ', Statement.Cleared)}]";
}
