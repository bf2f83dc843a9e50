namespace Canonbury.Identify.Links;

/// <summary>What a link's row says of the patient: the words of its column <c>state</c>.</summary>
internal static class LinkStates
{
    /// <summary>Shown with the person.</summary>
    public const string Linked = "linked";

    /// <summary>Shown as a person of its own, who may be another's: someone has to decide.</summary>
    public const string Review = "review";

    /// <summary>Not shown to anyone until someone has decided.</summary>
    public const string Quarantined = "quarantined";
}
