namespace Canonbury.Translate.Hl7v2.Adt;

/// <summary>The events of patient administration (HL7 v2 chapter 3).</summary>
internal static class AdtMaps
{
    public static readonly IReadOnlyList<MessageMap> All = [];
}
