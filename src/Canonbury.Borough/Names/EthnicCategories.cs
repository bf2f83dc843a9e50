namespace Canonbury.Borough.Names;

/// <summary>NHS data dictionary, ETHNIC CATEGORY CODE 2001: the codes with their words.</summary>
public static class EthnicCategories
{
    public static string WordsOf(string code) => code switch
    {
        "A" => "White - British",
        "B" => "White - Irish",
        "C" => "White - Any other White background",
        "D" => "Mixed - White and Black Caribbean",
        "E" => "Mixed - White and Black African",
        "F" => "Mixed - White and Asian",
        "G" => "Mixed - Any other mixed background",
        "H" => "Asian or Asian British - Indian",
        "J" => "Asian or Asian British - Pakistani",
        "K" => "Asian or Asian British - Bangladeshi",
        "L" => "Asian or Asian British - Any other Asian background",
        "M" => "Black or Black British - Caribbean",
        "N" => "Black or Black British - African",
        "P" => "Black or Black British - Any other Black background",
        "R" => "Other Ethnic Groups - Chinese",
        "S" => "Other Ethnic Groups - Any other ethnic group",
        _ => "Not stated",
    };

    /// <summary>The category of a child of parents of two categories.</summary>
    public static string Mixed(string one, string other) => one == other
        ? one
        : (one, other) switch
        {
            ("A" or "B" or "C", "M") or ("M", "A" or "B" or "C") => "D",
            ("A" or "B" or "C", "N") or ("N", "A" or "B" or "C") => "E",
            ("A" or "B" or "C", "H" or "J" or "K" or "L") or ("H" or "J" or "K" or "L", "A" or "B" or "C") => "F",
            ("A" or "B" or "C", "A" or "B" or "C") => "C",
            _ => "G",
        };
}
