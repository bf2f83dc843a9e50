namespace Canonbury.Access.Callers;

/// <summary>An account of the demonstration: who it is and what it may do is the account's, the password is the same for all.</summary>
public sealed record DemoAccount(string Name, string DisplayName, Role Role, Organisation Organisation, string About);

/// <summary>The accounts that exist in demonstration mode only, over synthetic people. Outside it they cannot sign in.</summary>
public static class DemoAccounts
{
    public const string Password = "canonbury-demo";

    public const string Resident = "resident";

    private static readonly Organisation Surgery = new("DEMO1", "Canonbury Lane Surgery (demonstration)");
    private static readonly Organisation Council = new("DEMO3", "Canonbury Council (demonstration)");
    private static readonly Organisation Hospital = new("DEMO2", "Canonbury General Hospital (demonstration)");

    public static readonly IReadOnlyList<DemoAccount> All =
    [
        new("gp", "Dr Amara Lindqvist", Role.GeneralPractitioner, Surgery, "A GP: any person's record, with a reason"),
        new("nurse", "Nurse Tomasz Okafor", Role.WardNurse, Hospital, "A ward nurse: any person's record, with a reason"),
        new("social", "Priya Castellano", Role.SocialWorker, Council, "A social worker: any person's record, with a reason"),
        new("steward", "Wren Abara", Role.DataSteward, Hospital, "A data steward: who people are, nothing else of their records"),
        new("operations", "Juno Halloran", Role.OperationsStaff, Hospital, "Operations: what arrives and what could not be used, no records"),
        new(Resident, "A resident", Role.Resident, new("SELF", "Own record"), "A resident: their own record, to read"),
    ];
}
