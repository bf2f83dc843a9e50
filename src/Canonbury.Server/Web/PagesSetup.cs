using Canonbury.Server.Web.Assets;
using Canonbury.Server.Web.Pages.MyRecord;
using Canonbury.Server.Web.Pages.Operations;
using Canonbury.Server.Web.Pages.Professional.ConfirmIdentity;
using Canonbury.Server.Web.Pages.Professional.FindPerson;
using Canonbury.Server.Web.Pages.Professional.Record;
using Canonbury.Server.Web.Pages.Shared.Problems;
using Canonbury.Server.Web.Pages.Shared.Record;
using Canonbury.Server.Web.Pages.Shared.SignIn;
using Canonbury.Server.Web.Security;

namespace Canonbury.Server.Web;

/// <summary>The pages: server-rendered components behind one endpoint for each address.</summary>
public static class PagesSetup
{
    /// <summary>Needs the delegates of <c>Readers.cs</c> and <c>OperationsReaders.cs</c> from the composition.</summary>
    public static IServiceCollection AddPages(this IServiceCollection services)
    {
        services.AddRazorComponents();
        services.AddAntiforgery(options =>
        {
            options.Cookie.Name = "canonbury-form";
            options.Cookie.SameSite = SameSiteMode.Strict;
            options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            options.FormFieldName = "form-token";
        });
        services.AddSingleton<SealedQuery>();
        services.AddSingleton<RecordDoor>();
        services.AddSingleton<PersonSearch>();
        services.AddSingleton<OperationsDoor>();
        return services;
    }

    /// <summary>Headers and pages for problems; stands first, before anything that can refuse or fail.</summary>
    public static IApplicationBuilder UsePages(this IApplicationBuilder app) => app.UsePageHeaders().UseProblemPages();

    /// <summary>The pages themselves; after <c>UseAccess</c>, which says who asks.</summary>
    public static void MapPages(this WebApplication app)
    {
        app.UseAntiforgery();
        app.MapAssets();
        app.MapSignIn();
        app.MapFindPerson();
        app.MapConfirmIdentity();
        app.MapProfessionalRecord();
        app.MapMyRecord();
        app.MapOperations();
    }
}
