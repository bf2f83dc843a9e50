namespace Canonbury.Borough.Health;

/// <summary>One test of the laboratory, with what is usual and what is normal.</summary>
/// <param name="Unit">As the laboratory prints it.</param>
/// <param name="Low">The lower end of the reference range, or null for "less than high".</param>
/// <param name="Loinc">Where the concept and its unit are certain.</param>
public sealed record LabTest(string Code, string Name, string Unit, double? Low, double? High, double Usual, double Spread, int Decimals, string? Loinc = null)
{
    public string Range => (Low, High) switch
    {
        (double low, double high) => $"{Text(low)}-{Text(high)}",
        (null, double high) => $"<{Text(high)}",
        (double low, null) => $">{Text(low)}",
        _ => "",
    };

    public string Text(double value) => value.ToString(Decimals switch { 0 => "0", 1 => "0.0", _ => "0.00" }, System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>HL7 table 0078.</summary>
    public string Flag(double value) => value < Low ? "L" : value > High ? "H" : "";
}

/// <summary>Tests that are ordered together.</summary>
public sealed record LabPanel(string Code, string Name, IReadOnlyList<LabTest> Tests)
{
    public static LabPanel BloodCount { get; } = new("FBC", "Full blood count",
    [
        new("HB", "Haemoglobin", "g/L", 120, 160, 138, 12, 0, "718-7"), new("WBC", "White cell count", "10*9/L", 4, 11, 7, 1.9, 1, "6690-2"),
        new("PLT", "Platelet count", "10*9/L", 150, 400, 262, 55, 0, "777-3"), new("RBC", "Red cell count", "10*12/L", 3.8, 5.8, 4.6, 0.4, 2),
        new("HCT", "Haematocrit", "L/L", 0.36, 0.5, 0.42, 0.03, 2), new("MCV", "Mean cell volume", "fL", 80, 100, 90, 5, 0),
        new("NEUT", "Neutrophil count", "10*9/L", 2, 7.5, 4.2, 1.3, 1), new("LYMPH", "Lymphocyte count", "10*9/L", 1, 4, 2.1, 0.6, 1),
    ]);

    public static LabPanel Renal { get; } = new("UE", "Urea and electrolytes",
    [
        new("NA", "Sodium", "mmol/L", 133, 146, 140, 2.6, 0, "2951-2"), new("K", "Potassium", "mmol/L", 3.5, 5.3, 4.4, 0.4, 1, "2823-3"),
        new("UREA", "Urea", "mmol/L", 2.5, 7.8, 5.4, 1.5, 1), new("CREA", "Creatinine", "umol/L", 45, 104, 76, 14, 0, "14682-9"),
        new("EGFR", "Estimated GFR", "mL/min/1.73m2", 60, null, 88, 9, 0, "33914-3"),
    ]);

    public static LabPanel Liver { get; } = new("LFT", "Liver function tests",
    [
        new("ALB", "Albumin", "g/L", 35, 50, 43, 3, 0), new("ALT", "Alanine transaminase", "U/L", null, 41, 24, 9, 0),
        new("ALP", "Alkaline phosphatase", "U/L", 30, 130, 74, 18, 0), new("BILI", "Total bilirubin", "umol/L", null, 21, 9, 4, 0),
        new("TP", "Total protein", "g/L", 60, 80, 71, 4, 0), new("GLOB", "Globulin", "g/L", 18, 36, 28, 3, 0),
    ]);

    public static LabPanel Lipids { get; } = new("LIP", "Lipid profile",
    [
        new("CHOL", "Total cholesterol", "mmol/L", null, 5, 4.8, 0.9, 1), new("HDL", "HDL cholesterol", "mmol/L", 1, null, 1.4, 0.3, 1),
        new("TRIG", "Triglycerides", "mmol/L", null, 1.7, 1.3, 0.5, 1), new("LDL", "LDL cholesterol, calculated", "mmol/L", null, 3, 2.7, 0.7, 1),
    ]);

    public static LabPanel Hba1c { get; } = new("HBA1C", "Haemoglobin A1c", [new("A1C", "HbA1c (IFCC)", "mmol/mol", 20, 41, 37, 2.5, 0, "59261-8")]);

    public static LabPanel Thyroid { get; } = new("TFT", "Thyroid function tests",
        [new("TSH", "Thyroid stimulating hormone", "mU/L", 0.27, 4.2, 1.9, 0.8, 2), new("FT4", "Free thyroxine", "pmol/L", 12, 22, 16, 2, 1)]);

    public static LabPanel Inflammation { get; } = new("CRP", "C-reactive protein", [new("CRP", "C-reactive protein", "mg/L", null, 5, 3, 2, 0, "1988-5")]);

    public static LabPanel Ferritin { get; } = new("FER", "Ferritin", [new("FERR", "Ferritin", "ug/L", 13, 150, 60, 25, 0)]);
}
