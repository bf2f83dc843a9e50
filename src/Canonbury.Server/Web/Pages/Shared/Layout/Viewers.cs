using Canonbury.Access.Callers;

namespace Canonbury.Server.Web.Pages.Shared.Layout;

/// <summary>Who looks at a page, and what stands in the menu for them.</summary>
public static class Viewers
{
    public static Viewer? Of(Caller? caller) => caller is null
        ? null
        : caller.Kind == CallerKind.Resident ? new Viewer(caller.DisplayName, "", "", Menu(caller.Kind))
        : new Viewer(caller.DisplayName, RoleName(caller.Role), caller.Organisation.Name, Menu(caller.Kind));

    /// <summary>The page that someone begins at.</summary>
    public static string Home(Caller caller) => Menu(caller.Kind) is [MenuEntry first, ..] ? first.Address : "/sign-in";

    private static IReadOnlyList<MenuEntry> Menu(CallerKind kind) => kind switch
    {
        CallerKind.Professional or CallerKind.Steward => [new("Find a person", "/find-person")],
        CallerKind.Operations =>
        [
            new("Feeds", "/operations/feeds"),
            new("Dead letters", "/operations/dead-letters"),
            new("Unmapped fields", "/operations/unmapped-fields"),
            new("To check", "/operations/to-check"),
            new("Quarantine", "/operations/quarantine"),
        ],
        CallerKind.Resident => [new("My record", "/my-record")],
        _ => [],
    };

    private static string RoleName(Role role) => role switch
    {
        Role.GeneralPractitioner => "general practitioner",
        Role.WardNurse => "ward nurse",
        Role.SocialWorker => "social worker",
        Role.DataSteward => "data steward",
        Role.OperationsStaff => "operations",
        Role.Resident => "resident",
        _ => "system",
    };
}
