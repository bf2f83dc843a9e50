using Canonbury.Access.Callers;

namespace Canonbury.Access.SignIn;

/// <summary>What became of an attempt to sign in.</summary>
public abstract record SignInOutcome
{
    private SignInOutcome()
    {
    }

    /// <param name="Secret">What the cookie holds; it is stored nowhere else.</param>
    public sealed record SignedIn(Caller Caller, string Secret, DateTimeOffset Expires) : SignInOutcome;

    /// <summary>The same words for a name that is not there, a wrong password and a locked account, so that they do not tell.</summary>
    public sealed record Refused(string Words) : SignInOutcome;

    /// <summary>Too many people sign in at this moment; nothing was checked.</summary>
    public sealed record Busy : SignInOutcome;
}
