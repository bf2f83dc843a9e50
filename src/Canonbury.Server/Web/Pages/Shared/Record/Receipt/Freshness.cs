namespace Canonbury.Server.Web.Pages.Shared.Record.Receipt;

/// <summary>How a feed stands against the interval in which it should have sent something.</summary>
public enum Freshness
{
    /// <summary>It sent within its interval.</summary>
    Fresh,

    /// <summary>It is past its interval, by no more than twice.</summary>
    Late,

    /// <summary>It is silent for more than three intervals.</summary>
    Stale,

    /// <summary>Nothing has come from it yet.</summary>
    Silent,
}

/// <summary>One source as a receipt names it.</summary>
/// <param name="Id">The source's short code.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Organisation">Whose system it is, with the ODS code where it is known.</param>
/// <param name="LastReceived">The last message of any of its feeds about anyone; null where there was none.</param>
/// <param name="Expected">How often it should send at least.</param>
public sealed record SourceStanding(string Id, string Name, string? Organisation, DateTimeOffset? LastReceived, TimeSpan Expected)
{
    public Freshness At(DateTimeOffset now) => LastReceived is not { } last ? Freshness.Silent
        : now - last <= Expected ? Freshness.Fresh
        : now - last <= Expected * 3 ? Freshness.Late
        : Freshness.Stale;

    /// <summary>The state in one word, as receipts and the list of feeds write it.</summary>
    public static string Word(Freshness freshness) => freshness switch
    {
        Freshness.Fresh => "Fresh",
        Freshness.Late => "Late",
        Freshness.Stale => "Stale",
        _ => "Nothing yet",
    };
}
