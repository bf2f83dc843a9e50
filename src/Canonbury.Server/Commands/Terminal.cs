using Spectre.Console;

namespace Canonbury.Server.Commands;

/// <summary>The error output as a terminal: progress and tables go there, so that what a command prints can be piped.</summary>
internal static class Terminal
{
    public static IAnsiConsole Error { get; } = AnsiConsole.Create(new AnsiConsoleSettings
    {
        Out = new AnsiConsoleOutput(Console.Error),
        Interactive = Console.IsErrorRedirected ? InteractionSupport.No : InteractionSupport.Detect,
    });

    /// <summary>Shows on a terminal that something is being done which says nothing about how far it is.</summary>
    public static Task WithSpinnerAsync(string words, Func<Task> work) =>
        Error.Profile.Capabilities.Interactive ? Error.Status().StartAsync(words.EscapeMarkup(), _ => work()) : work();
}
