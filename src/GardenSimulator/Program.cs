using Dualstack.GardenSimulator.Hosting;

return await StandAlone.RunAsync(args);
