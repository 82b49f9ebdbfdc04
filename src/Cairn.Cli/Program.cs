using Cairn.Cli;

return await CommandLine.RunAsync(Frame.OfProcess(), args);
