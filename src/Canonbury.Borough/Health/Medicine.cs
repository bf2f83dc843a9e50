namespace Canonbury.Borough.Health;

/// <summary>A medicine as a practice prescribes it.</summary>
/// <param name="Dose">The dose instruction in words.</param>
public sealed record Medicine(Coding Code, string Dose, bool Repeat = true)
{
    public static Medicine Metformin { get; } = Own("metformin-500", "Metformin 500mg tablets", "One tablet twice a day with meals");

    public static Medicine Gliclazide { get; } = Own("gliclazide-80", "Gliclazide 80mg tablets", "One tablet each morning with breakfast");

    public static Medicine Amlodipine { get; } = Own("amlodipine-5", "Amlodipine 5mg tablets", "One tablet each morning");

    public static Medicine Ramipril { get; } = Own("ramipril-5", "Ramipril 5mg capsules", "One capsule each day");

    public static Medicine Atorvastatin { get; } = Own("atorvastatin-20", "Atorvastatin 20mg tablets", "One tablet at night");

    public static Medicine Salbutamol { get; } = new(
        Coding.Snomed("39113611000001102", "Salbutamol 100micrograms/dose inhaler CFC free"), "Two puffs when needed, up to four times a day");

    public static Medicine Beclometasone { get; } =
        Own("beclometasone-100", "Beclometasone 100micrograms/dose inhaler", "Two puffs twice a day, rinse mouth after use");

    public static Medicine Tiotropium { get; } = Own("tiotropium-18", "Tiotropium bromide 18microgram inhalation capsules", "One capsule inhaled each day");

    public static Medicine Sertraline { get; } = Own("sertraline-50", "Sertraline 50mg tablets", "One tablet each morning");

    public static Medicine Olanzapine { get; } = Own("olanzapine-10", "Olanzapine 10mg tablets", "One tablet at night");

    public static Medicine Apixaban { get; } = Own("apixaban-5", "Apixaban 5mg tablets", "One tablet twice a day");

    public static Medicine Bisoprolol { get; } = Own("bisoprolol-2.5", "Bisoprolol 2.5mg tablets", "One tablet each morning");

    public static Medicine Furosemide { get; } = Own("furosemide-40", "Furosemide 40mg tablets", "One tablet each morning");

    public static Medicine Donepezil { get; } = Own("donepezil-10", "Donepezil 10mg tablets", "One tablet at night");

    public static Medicine Paracetamol { get; } = Own("paracetamol-500", "Paracetamol 500mg tablets", "Two tablets up to four times a day when needed");

    public static Medicine Levothyroxine { get; } =
        Own("levothyroxine-100", "Levothyroxine sodium 100microgram tablets", "One tablet each morning before breakfast");

    public static Medicine FerrousSulfate { get; } = Own("ferrous-sulfate-200", "Ferrous sulfate 200mg tablets", "One tablet each day");

    public static Medicine FolicAcid { get; } = Own("folic-acid-400mcg", "Folic acid 400microgram tablets", "One tablet each day");

    public static Medicine Amoxicillin { get; } =
        new(Coding.Snomed("39732311000001104", "Amoxicillin 250mg capsules"), "Two capsules three times a day for five days", Repeat: false);

    public static Medicine Doxycycline { get; } =
        Own("doxycycline-100", "Doxycycline 100mg capsules", "Two capsules on the first day, then one each day for four days") with { Repeat = false };

    private static Medicine Own(string code, string words, string dose) => new(Coding.Own(code, words), dose);
}
