namespace Dualstack.GardenSimulator.Tests;

/// <summary>A test that needs kubectl; without it the test is reported as skipped, with the reason.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class KubectlFactAttribute : FactAttribute
{
    public KubectlFactAttribute()
    {
        if (Kubectl.Path is null)
        {
            Skip = "kubectl is not on the PATH: that the simulated garden serves it was NOT checked.";
        }
    }
}
