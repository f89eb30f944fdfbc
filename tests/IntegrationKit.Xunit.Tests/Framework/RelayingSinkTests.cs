using IntegrationKit.Framework;
using Xunit.Sdk;
using Xunit.v3;

namespace IntegrationKit.FrameworkTests.Framework;

public sealed class RelayingSinkTests
{
    [Fact]
    public async Task A_runner_that_takes_nothing_holds_nobody_up_and_gets_all_in_order()
    {
        using var runner = new Runner();
        runner.Gate.Reset();
        var sent = Enumerable.Range(0, 1000).Select(Message).ToList();
        await using (var sink = new RelayingSink(runner, new Options()))
        {
            sent.ForEach(message => sink.OnMessage(message).Should().BeTrue());
            runner.Taken.Should().BeEmpty();

            runner.Gate.Set();
        }

        runner.Taken.Should().Equal(sent);
    }

    [Fact]
    public async Task A_runner_that_wants_no_more_is_heard()
    {
        using var runner = new Runner { Answer = static () => false };
        await using var sink = new RelayingSink(runner, new Options());

        sink.OnMessage(Message(0));

        SpinWait.SpinUntil(() => !sink.OnMessage(Message(1)), TimeSpan.FromSeconds(30)).Should().BeTrue();
    }

    [Fact]
    public async Task A_runner_that_throws_is_told_of_once_and_goes_on()
    {
        var calls = 0;
        using var runner = new Runner { Answer = () => calls++ > 0 ? true : throw new FormatException("no colon") };
        await using var sink = new RelayingSink(runner, new Options());
        var first = () => SpinWait.SpinUntil(() => !sink.OnMessage(Message(0)), TimeSpan.FromSeconds(30));

        first.Should().Throw<InvalidOperationException>().WithMessage("*no colon").WithInnerException<FormatException>();
        sink.OnMessage(Message(1)).Should().BeTrue();
    }

    [Fact]
    public async Task Synchronous_messages_stay_synchronous()
    {
        using var runner = new Runner();
        var options = new Options();
        options.SetValue<bool?>("xunit.execution.SynchronousMessageReporting", true);
        await using var sink = new RelayingSink(runner, options);

        sink.OnMessage(Message(0));

        runner.Taken.Should().ContainSingle();
    }

    private static IMessageSinkMessage Message(int number) => new DiagnosticMessage(number.ToString(System.Globalization.CultureInfo.InvariantCulture));

    private sealed class Options : ITestFrameworkExecutionOptions
    {
        private readonly Dictionary<string, object?> values = new(StringComparer.Ordinal);

        public TValue? GetValue<TValue>(string name) => (TValue?)values.GetValueOrDefault(name);

        public void SetValue<TValue>(string name, TValue value) => values[name] = value;

        public string ToJson() => "{}";
    }

    private sealed class Runner : IMessageSink, IDisposable
    {
        public ManualResetEventSlim Gate { get; } = new(initialState: true);

        public List<IMessageSinkMessage> Taken { get; } = [];

        public Func<bool> Answer { get; init; } = static () => true;

        public bool OnMessage(IMessageSinkMessage message)
        {
            Gate.Wait();
            Taken.Add(message);
            return Answer();
        }

        public void Dispose() => Gate.Dispose();
    }
}
