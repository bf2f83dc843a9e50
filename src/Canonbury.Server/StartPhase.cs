namespace Canonbury.Server;

/// <summary>Whether the server's start is over; until then a failure ends the command with words instead of a stack.</summary>
public sealed class StartPhase
{
    private volatile bool over;

    public bool Over => over;

    public void End() => over = true;
}
