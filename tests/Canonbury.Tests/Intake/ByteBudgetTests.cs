using Canonbury.Intake.Sources.Mllp;
using Xunit;

namespace Canonbury.Tests.Intake;

public sealed class ByteBudgetTests
{
    private readonly ByteBudget budget = new(100);

    [Fact]
    public async Task Take_WhatIsThere_DoesNotWait()
    {
        await budget.TakeAsync(60, CancellationToken.None);
        await budget.TakeAsync(40, CancellationToken.None);
        Assert.Equal(100, budget.Used);
    }

    [Fact]
    public async Task Take_MoreThanIsThere_WaitsItsTurn()
    {
        await budget.TakeAsync(60, CancellationToken.None);
        Task large = budget.TakeAsync(90, CancellationToken.None).AsTask();
        Task small = budget.TakeAsync(10, CancellationToken.None).AsTask();
        Assert.False(large.IsCompleted || small.IsCompleted);
        budget.Return(60);
        await Task.WhenAll(large, small);
        Assert.Equal(100, budget.Used);
    }

    [Fact]
    public async Task Take_ThatIsCancelled_TakesNothingAndLetsTheNextGo()
    {
        await budget.TakeAsync(60, CancellationToken.None);
        using CancellationTokenSource patience = new();
        Task large = budget.TakeAsync(90, patience.Token).AsTask();
        Task small = budget.TakeAsync(10, CancellationToken.None).AsTask();
        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => large);
        await small;
        Assert.Equal(70, budget.Used);
    }

    [Fact]
    public async Task Take_FromManyThreads_NeverExceedsTheLimitAndEndsAtZero()
    {
        long most = 0;
        await Parallel.ForAsync(0, 2000, async (number, cancellation) =>
        {
            long bytes = 1 + (number % 50);
            await budget.TakeAsync(bytes, cancellation);
            long used = budget.Used;
            most = Math.Max(most, used);
            await Task.Yield();
            budget.Return(bytes);
        });
        Assert.InRange(most, 1, 100);
        Assert.Equal(0, budget.Used);
    }
}
