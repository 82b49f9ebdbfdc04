using System.Text;
using Cairn.Cli;

// Scripts ask for the version often: it is told before the terminal is looked at and all commands are made.
if (args is ["--version"])
{
    using var output = Console.OpenStandardOutput();
    output.Write(Encoding.UTF8.GetBytes(BuiltVersion.Text + "\n"));
    return 0;
}

return await CommandLine.RunAsync(Frame.OfProcess(), args);
