namespace Canonbury.Server.Commands;

/// <summary>A setting cannot be used: the command ends with the words and <see cref="ExitCode.Usage"/> before it does anything.</summary>
internal sealed class WrongSettingException(string message) : Exception(message);
