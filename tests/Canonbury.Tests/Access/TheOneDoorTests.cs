using System.Reflection;
using Canonbury.Access.Callers;
using Canonbury.Access.Policy;
using Canonbury.Fhir.Grants;
using Canonbury.Identify.Find;
using Canonbury.Record.Reading;
using Xunit;

namespace Canonbury.Tests.Access;

/// <summary>Design, rule 4: nothing reads a person's data without a grant, and only Access makes one (features F7, F8).</summary>
public sealed class TheOneDoorTests
{
    private static readonly Assembly[] OtherRooms =
        [typeof(AccessGrant).Assembly, typeof(RecordItem).Assembly, typeof(PersonQuery).Assembly, typeof(Canonbury.Intake.Inbox.Feed).Assembly];

    [Theory]
    [InlineData(typeof(AccessGrant))]
    [InlineData(typeof(Caller))]
    public void Type_HasNoPublicConstructor(Type type) =>
        Assert.Empty(type.GetConstructors(BindingFlags.Public | BindingFlags.Instance));

    [Fact]
    public void NoMethodOutsideAccess_ReturnsAGrant()
    {
        IEnumerable<string> makers = OtherRooms
            .SelectMany(assembly => assembly.GetTypes())
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly))
            .Where(method => method.ReturnType.ToString().Contains(nameof(AccessGrant), StringComparison.Ordinal))
            .Select(method => $"{method.DeclaringType}.{method.Name}");

        Assert.Empty(makers);
    }

    [Fact]
    public void OnlyAccess_SeesTheGrantsConstructor()
    {
        IEnumerable<string> friends = typeof(AccessGrant).Assembly
            .GetCustomAttributes<System.Runtime.CompilerServices.InternalsVisibleToAttribute>()
            .Select(friend => friend.AssemblyName)
            .Where(name => !name.EndsWith("Tests", StringComparison.Ordinal) && !name.EndsWith("TestData", StringComparison.Ordinal));

        Assert.Equal(["Canonbury.Access"], friends);
        Assert.All(typeof(AccessGrant).GetConstructors(BindingFlags.NonPublic | BindingFlags.Instance), constructor => Assert.True(constructor.IsAssembly));
    }

    [Fact]
    public void OnlyTheDesk_MakesGrants()
    {
        IEnumerable<string> makers = typeof(AccessPolicy).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly))
            .Where(method => method.ReturnType == typeof(AccessGrant) && !method.IsSpecialName)
            .Select(method => $"{method.DeclaringType!.Name}.{method.Name}")
            .Where(name => !name.EndsWith("<Clone>$", StringComparison.Ordinal));

        Assert.Equal(["AccessDesk.Grant"], makers);
    }

    [Theory]
    [InlineData("Canonbury.Record", "RecordReader")]
    [InlineData("Canonbury.Identify", "PersonFinder")]
    public void EveryPublicMethod_OfAReader_TakesAGrant(string assembly, string reader)
    {
        Type? type = Assembly.Load(assembly).GetTypes().SingleOrDefault(type => type.Name == reader);
        Assert.SkipWhen(type is null, $"{reader} is not there yet.");
        IEnumerable<string> doors = type!
            .GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Where(method => method.GetParameters().All(parameter => parameter.ParameterType != typeof(AccessGrant)))
            .Select(method => method.Name);

        Assert.Empty(doors);
    }
}
