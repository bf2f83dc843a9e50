using Canonbury.Intake.Sources;
using Canonbury.Intake.Sources.FileDrop;
using Canonbury.Intake.Sources.Mllp;
using Microsoft.Extensions.Options;
using Xunit;

namespace Canonbury.Tests.Intake;

public sealed class IntakeOptionsTests
{
    [Fact]
    public void Validate_WithoutConfiguration_ListensOnTheLocalDefaultPort()
    {
        IntakeOptions options = new();
        Assert.True(Check(options).Succeeded);
        MllpFeedOptions feed = Assert.Single(options.MllpFeeds);
        Assert.Equal(("127.0.0.1", 2575, "Europe/London", "mllp-2575"), (feed.Address, feed.Port, feed.Zone, feed.FeedId));
    }

    [Fact]
    public void Validate_WithMllpOff_OpensNoPort() => Assert.Empty(new IntakeOptions { MllpEnabled = false }.MllpFeeds);

    [Fact]
    public void Validate_OfWrongSettings_NamesEachWithWhatToChange()
    {
        IntakeOptions options = new()
        {
            Mllp =
            [
                new MllpFeedOptions { Port = 70000, Zone = "Mars/Olympus", Address = "localhost" },
                new MllpFeedOptions { Port = 2576, Tls = new MllpTlsOptions { AllowedClients = ["a"] } },
                new MllpFeedOptions { Port = 2576, MaxMessageBytes = 200 << 20 },
            ],
            FileDrop = [new FileDropOptions { Name = "Not Good" }],
        };
        string failures = Check(options).FailureMessage ?? "";
        string[] expected =
        [
            "Intake:Mllp:0:Port", "Intake:Mllp:0:Zone 'Mars/Olympus'", "Intake:Mllp:0:Address must be an IP address", "Intake:Mllp:1:Tls:Certificate is missing",
            "Intake:Mllp:1:Tls:AllowedClients needs", "Intake:Mllp:2:Port 2576 is used", "Intake:Mllp:2:MaxMessageBytes is above half", "the name 'mllp-2576' is used by 2",
            "Intake:FileDrop:0:Name", "Intake:FileDrop:0:Folder",
        ];
        Assert.All(expected, part => Assert.Contains(part, failures, StringComparison.Ordinal));
    }

    private static ValidateOptionsResult Check(IntakeOptions options) => new IntakeOptionsValidation().Validate(null, options);
}
