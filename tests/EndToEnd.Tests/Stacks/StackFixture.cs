namespace Dualstack.EndToEnd.Tests.Stacks;

/// <summary>One stack for the tests of one class.</summary>
public abstract class StackFixture(StackOptions options) : IAsyncLifetime
{
    private Stack? stack;

    public Stack Stack => stack!;

    public async Task InitializeAsync() => stack = await Stack.StartAsync(options);

    public async Task DisposeAsync()
    {
        if (stack is not null)
        {
            await stack.DisposeAsync();
        }
    }
}
