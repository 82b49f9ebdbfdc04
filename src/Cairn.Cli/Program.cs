using System.Reflection;
using Cairn.Cli;

// Scripts ask for the version often: it is told before the terminal is looked at and all commands are made.
if (args is ["--version"])
{
    Console.Out.WriteLine(
        typeof(Frame).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion);
    return 0;
}

return await CommandLine.RunAsync(Frame.OfProcess(), args);
