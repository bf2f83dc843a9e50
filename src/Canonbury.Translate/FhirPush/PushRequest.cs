using Hl7.Fhir.Model;

namespace Canonbury.Translate.FhirPush;

/// <summary>What a write asks for. https://hl7.org/fhir/R4/http.html</summary>
public enum PushMethod
{
    Create,

    /// <summary>Also what a patch made.</summary>
    Update,

    Delete,

    /// <summary>A conditional create whose condition one resource met: nothing is written, and what refers to the entry refers to that resource.</summary>
    Found,
}

/// <summary>One write of a client, a request of its own or an entry of a transaction, after its conditions were looked at.</summary>
public sealed record PushRequest(PushMethod Method, string Type)
{
    /// <summary>The entry's place in the bundle; null for a single resource.</summary>
    public int? Entry { get; init; }

    /// <summary>The id that the sender uses for it, or the final one; null where the server makes it.</summary>
    public string? Id { get; init; }

    /// <summary>It is brought into its final form: whoever needs it as it was sent gives a copy.</summary>
    public Resource? Resource { get; init; }

    /// <summary>True where an update's resource may leave out its id: a conditional update, an entry.</summary>
    public bool IdOptional { get; init; }

    public string? FullUrl { get; init; }

    /// <summary>As sent.</summary>
    public string? IfMatch { get; init; }

    /// <summary>Only where nothing is there (<c>If-None-Match: *</c>).</summary>
    public bool OnlyNew { get; init; }

    /// <summary>The version that a patch was applied to.</summary>
    public int? PatchOf { get; init; }

    /// <summary>References that stand in that version, and so are final.</summary>
    public IReadOnlySet<string> FinalReferences { get; init; } = new HashSet<string>();
}
