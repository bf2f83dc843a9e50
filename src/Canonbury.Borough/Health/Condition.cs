namespace Canonbury.Borough.Health;

/// <summary>A condition of the borough: what it is called, how it is treated, which clinic follows it.</summary>
/// <param name="Clinic">The hospital clinic, or null where only the practice cares for it.</param>
public sealed record Condition(string Name, Coding Code, string? Clinic, IReadOnlyList<Medicine> Medicines)
{
    public static Condition Type2Diabetes { get; } = new("diabetes", Coding.Snomed("44054006", "Type 2 diabetes mellitus"), "Diabetes",
        [Medicine.Metformin, Medicine.Gliclazide]);

    public static Condition Hypertension { get; } =
        new("hypertension", Coding.Snomed("59621000", "Essential hypertension"), null, [Medicine.Amlodipine, Medicine.Ramipril]);

    public static Condition Asthma { get; } =
        new("asthma", Coding.Snomed("195967001", "Asthma"), "Respiratory", [Medicine.Salbutamol, Medicine.Beclometasone]);

    public static Condition Copd { get; } = new("copd", Coding.Snomed("13645005", "Chronic obstructive lung disease"), "Respiratory",
        [Medicine.Salbutamol, Medicine.Tiotropium]);

    public static Condition Depression { get; } =
        new("depression", Coding.Snomed("35489007", "Depressive disorder"), null, [Medicine.Sertraline]);

    public static Condition Anxiety { get; } = new("anxiety", Coding.Snomed("48694002", "Anxiety"), null, [Medicine.Sertraline]);

    public static Condition Psychosis { get; } = new("psychosis", Coding.Snomed("58214004", "Schizophrenia"), null, [Medicine.Olanzapine]);

    public static Condition AtrialFibrillation { get; } = new("af", Coding.Snomed("49436004", "Atrial fibrillation"), "Cardiology",
        [Medicine.Apixaban, Medicine.Bisoprolol]);

    public static Condition HeartFailure { get; } = new("heart-failure", Coding.Snomed("84114007", "Heart failure"), "Cardiology",
        [Medicine.Furosemide, Medicine.Bisoprolol, Medicine.Ramipril]);

    public static Condition KidneyDisease { get; } =
        new("ckd", Coding.Snomed("433144002", "Chronic kidney disease stage 3"), "Renal", [Medicine.Atorvastatin]);

    public static Condition Dementia { get; } = new("dementia", Coding.Snomed("52448006", "Dementia"), "Memory", [Medicine.Donepezil]);

    public static Condition Frailty { get; } = new("frailty", Coding.Snomed("248279007", "Frailty"), "Care of the elderly", []);

    public static Condition Osteoarthritis { get; } =
        new("osteoarthritis", Coding.Snomed("396275006", "Osteoarthritis"), "Orthopaedics", [Medicine.Paracetamol]);

    public static Condition Hypothyroidism { get; } =
        new("hypothyroidism", Coding.Snomed("40930008", "Hypothyroidism"), null, [Medicine.Levothyroxine]);

    public static Condition IronDeficiency { get; } =
        new("anaemia", Coding.Snomed("87522002", "Iron deficiency anaemia"), null, [Medicine.FerrousSulfate]);

    public static Condition Pregnancy { get; } = new("pregnancy", Coding.Snomed("77386006", "Pregnancy"), "Antenatal", [Medicine.FolicAcid]);
}
