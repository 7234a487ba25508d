using Dualstack.Starter.Cli;

return await CliApplication.RunAsync(args);
