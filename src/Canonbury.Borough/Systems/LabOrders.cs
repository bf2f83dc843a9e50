using Canonbury.Borough.Health;
using Canonbury.Borough.People;

namespace Canonbury.Borough.Systems;

/// <summary>What doctors order together, and why people come; the full blood count makes eight the median number of results.</summary>
internal static class LabOrders
{
    private static readonly Coding[] Reasons =
    [
        Coding.Own("chest-pain", "Chest pain"), Coding.Own("abdominal-pain", "Abdominal pain"), Coding.Own("fall", "Fall at home"),
        Coding.Own("breathless", "Shortness of breath"), Coding.Own("chest-infection", "Chest infection"), Coding.Own("wrist-injury", "Injury of wrist"),
        Coding.Snomed("68566005", "Urinary tract infection"), Coding.Own("head-injury", "Head injury"), Coding.Own("fever", "Fever"),
        Coding.Own("cellulitis", "Cellulitis of leg"),
    ];

    public static Coding AnyReason(Dice dice) => dice.Pick(Reasons);

    public static IReadOnlyList<LabPanel> Usual(Dice dice) => dice.Below(100) switch
    {
        < 34 => [LabPanel.BloodCount],
        < 50 => [LabPanel.BloodCount, LabPanel.Renal],
        < 62 => [LabPanel.Renal],
        < 72 => [LabPanel.Renal, LabPanel.Liver],
        < 80 => [LabPanel.BloodCount, LabPanel.Inflammation],
        < 86 => [LabPanel.Thyroid],
        < 92 => [LabPanel.Lipids, LabPanel.Hba1c],
        < 96 => [LabPanel.Liver],
        _ => [LabPanel.BloodCount, LabPanel.Renal, LabPanel.Liver],
    };
}
