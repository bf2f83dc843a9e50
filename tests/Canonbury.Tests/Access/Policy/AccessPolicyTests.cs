using Canonbury.Access.Callers;
using Canonbury.Access.Policy;
using Canonbury.Fhir.Cards;
using Canonbury.Fhir.Grants;
using Canonbury.Fhir.Ids;
using Xunit;

namespace Canonbury.Tests.Access.Policy;

/// <summary>The decision for every role, scope, person and reason, against a table written by hand.</summary>
public sealed class AccessPolicyTests
{
    private static readonly PersonId Own = new(Guid.Parse("01900000-0000-7000-8000-000000000001"));
    private static readonly PersonId Other = new(Guid.Parse("01900000-0000-7000-8000-000000000002"));

    // Columns: own person with a reason, own without, other with, other without, no person with, no person without.
    // y: granted, all sections. i: granted, identity only. o: granted, the own record's sections. n: granted, no content.
    // r: role may not. w: reason missing. x: not the own record. p: person missing.
    private const string Expected = """
        GeneralPractitioner  Person      y w y w p p
        GeneralPractitioner  Find        i i i i i i
        GeneralPractitioner  Operations  r r r r r r
        GeneralPractitioner  OwnSource   r r r r r r
        GeneralPractitioner  EverySource r r r r r r
        WardNurse            Person      y w y w p p
        WardNurse            Find        i i i i i i
        WardNurse            Operations  r r r r r r
        WardNurse            OwnSource   r r r r r r
        WardNurse            EverySource r r r r r r
        SocialWorker         Person      y w y w p p
        SocialWorker         Find        i i i i i i
        SocialWorker         Operations  r r r r r r
        SocialWorker         OwnSource   r r r r r r
        SocialWorker         EverySource r r r r r r
        DataSteward          Person      i w i w p p
        DataSteward          Find        i i i i i i
        DataSteward          Operations  r r r r r r
        DataSteward          OwnSource   r r r r r r
        DataSteward          EverySource r r r r r r
        OperationsStaff      Person      r r r r r r
        OperationsStaff      Find        r r r r r r
        OperationsStaff      Operations  n n n n n n
        OperationsStaff      OwnSource   r r r r r r
        OperationsStaff      EverySource r r r r r r
        Resident             Person      o o x x p p
        Resident             Find        r r r r r r
        Resident             Operations  r r r r r r
        Resident             OwnSource   r r r r r r
        Resident             EverySource r r r r r r
        SystemClient         Person      r r r r r r
        SystemClient         Find        r r r r r r
        SystemClient         Operations  r r r r r r
        SystemClient         OwnSource   y y y y y y
        SystemClient         EverySource r r r r r r
        RecordClient         Person      r r r r r r
        RecordClient         Find        r r r r r r
        RecordClient         Operations  r r r r r r
        RecordClient         OwnSource   r r r r r r
        RecordClient         EverySource y y y y y y
        """;

    private static readonly (PersonId? Person, string? Reason)[] Columns =
        [(Own, "Asked to review"), (Own, null), (Other, "Asked to review"), (Other, null), (null, "Asked to review"), (null, null)];

    [Fact]
    public void Decide_ForEveryRoleScopePersonAndReason_IsAsTheTableSays()
    {
        List<string> actual = [];
        foreach (Role role in Enum.GetValues<Role>())
        {
            foreach (GrantScope scope in Enum.GetValues<GrantScope>())
            {
                IEnumerable<char> row = Columns.Select(column => Letter(Decide(TestCallers.Of(role), scope, column.Person, column.Reason)));
                actual.Add($"{role,-21}{scope,-12}{string.Join(' ', row)}");
            }
        }

        Assert.Equal(Expected.ReplaceLineEndings("\n"), string.Join('\n', actual));
    }

    [Fact]
    public void Decide_ForAnUnknownCaller_IsRefusedInEveryScope()
    {
        foreach (GrantScope scope in Enum.GetValues<GrantScope>())
        {
            AccessDecision decision = AccessPolicy.Decide(null, new AccessRequest(scope, Own, "Asked to review"), new AccessFacts(Own));

            Assert.Equal(RefusalCode.UnknownCaller, Assert.IsType<AccessDecision.Refused>(decision).Refusal.Code);
        }
    }

    [Fact]
    public void Decide_ForAResidentWhosePatientIsLinkedToNobody_IsRefused()
    {
        AccessDecision decision = AccessPolicy.Decide(TestCallers.Of(Role.Resident), new AccessRequest(GrantScope.Person, Own), AccessFacts.None);

        Assert.Equal(RefusalCode.NotOwnRecord, Assert.IsType<AccessDecision.Refused>(decision).Refusal.Code);
    }

    [Fact]
    public void Decide_ForASystemClientWithoutASource_IsRefused()
    {
        AccessDecision decision = Decide(TestCallers.Of(Role.SystemClient) with { Source = null }, GrantScope.OwnSource, null, null);

        Assert.Equal(RefusalCode.SourceMissing, Assert.IsType<AccessDecision.Refused>(decision).Refusal.Code);
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("...")]
    [InlineData("x")]
    [InlineData("\r\n\t")]
    public void Decide_WithAReasonThatSaysNothing_IsRefused(string reason)
    {
        AccessDecision decision = Decide(TestCallers.Of(Role.WardNurse), GrantScope.Person, Other, reason);

        Assert.Equal(RefusalCode.ReasonMissing, Assert.IsType<AccessDecision.Refused>(decision).Refusal.Code);
    }

    [Fact]
    public void Decide_WithAReasonTooLong_IsRefused()
    {
        AccessDecision decision = Decide(TestCallers.Of(Role.WardNurse), GrantScope.Person, Other, new string('a', AccessPolicy.LongestReason + 1));

        Assert.Equal(RefusalCode.ReasonTooLong, Assert.IsType<AccessDecision.Refused>(decision).Refusal.Code);
    }

    [Fact]
    public void Decide_WithControlCharactersInTheReason_KeepsThemOutOfThePurpose()
    {
        AccessDecision decision = Decide(TestCallers.Of(Role.WardNurse), GrantScope.Person, Other, "Ward\r\nround\0");

        Assert.Equal("Ward  round", Assert.IsType<AccessDecision.Granted>(decision).Purpose);
    }

    [Fact]
    public void Decide_WhenSomeSectionsAreAskedFor_GrantsThoseThatTheRoleMaySee()
    {
        AccessRequest request = new(GrantScope.Person, Other, "Link review")
        {
            Sections = new HashSet<Section> { Section.Demographics, Section.Results },
        };

        AccessDecision decision = AccessPolicy.Decide(TestCallers.Of(Role.DataSteward), request, AccessFacts.None);

        Assert.Equal([Section.Demographics], Assert.IsType<AccessDecision.Granted>(decision).Sections);
    }

    [Fact]
    public void Decide_WhenNoSectionAskedForIsAllowed_IsRefused()
    {
        AccessRequest request = new(GrantScope.Person, Other, "Link review") { Sections = new HashSet<Section> { Section.Results } };

        AccessDecision decision = AccessPolicy.Decide(TestCallers.Of(Role.DataSteward), request, AccessFacts.None);

        Assert.Equal(RefusalCode.SectionsNotAllowed, Assert.IsType<AccessDecision.Refused>(decision).Refusal.Code);
    }

    [Fact]
    public void Decide_Refusing_AlwaysSaysWhyAndWhatWouldChangeIt()
    {
        foreach (Role role in Enum.GetValues<Role>())
        {
            foreach (GrantScope scope in Enum.GetValues<GrantScope>())
            {
                foreach ((PersonId? person, string? reason) in Columns)
                {
                    if (Decide(TestCallers.Of(role), scope, person, reason) is AccessDecision.Refused refused)
                    {
                        Assert.EndsWith(".", refused.Refusal.Words, StringComparison.Ordinal);
                        Assert.EndsWith(".", refused.Refusal.Remedy, StringComparison.Ordinal);
                    }
                }
            }
        }
    }

    private static AccessDecision Decide(Caller caller, GrantScope scope, PersonId? person, string? reason) =>
        AccessPolicy.Decide(caller, new AccessRequest(scope, person, reason), new AccessFacts(caller.Self is null ? null : Own));

    private static char Letter(AccessDecision decision) => decision switch
    {
        AccessDecision.Granted { Sections: null } => 'y',
        AccessDecision.Granted { Sections.Count: 0 } => 'n',
        AccessDecision.Granted { Sections: { Count: 1 } only } when only.Contains(Section.Demographics) => 'i',
        AccessDecision.Granted { Sections: { } own } when !own.Contains(Section.Alerts) && own.Contains(Section.Results) => 'o',
        AccessDecision.Refused { Refusal.Code: RefusalCode.RoleMayNot } => 'r',
        AccessDecision.Refused { Refusal.Code: RefusalCode.ReasonMissing } => 'w',
        AccessDecision.Refused { Refusal.Code: RefusalCode.NotOwnRecord } => 'x',
        AccessDecision.Refused { Refusal.Code: RefusalCode.PersonMissing } => 'p',
        _ => '?',
    };
}
