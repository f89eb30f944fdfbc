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
    public async Task What_a_runner_throws_is_passed_on_as_an_error_and_the_rest_goes_on()
    {
        var calls = 0;
        using var runner = new Runner { Answer = () => calls++ > 0 ? true : throw new FormatException("no colon") };
        var problems = new List<IMessageSinkMessage>();
        await using (var sink = new RelayingSink(runner, new Options()) { Problem = problems.Add })
        {
            sink.OnMessage(Message(0)).Should().BeTrue();
            sink.OnMessage(Message(1)).Should().BeTrue();
        }

        problems.Should().ContainSingle().Which.Should().BeAssignableTo<IErrorMessage>().Which.Messages.Should().Equal("no colon");
        runner.Taken.Should().HaveCount(2);
    }

    [Fact]
    public async Task A_runner_that_cannot_even_take_an_error_is_left_alone()
    {
        using var runner = new Runner { Answer = static () => throw new FormatException("no colon") };
        RelayingSink? sink = null;
        await using (sink = new RelayingSink(runner, new Options()) { Problem = error => sink!.OnMessage(error) })
        {
            sink.OnMessage(Message(0));

            SpinWait.SpinUntil(() => !sink.OnMessage(new ErrorMessage { ExceptionParentIndices = [-1], ExceptionTypes = [null], Messages = ["m"], StackTraces = [null] }), TimeSpan.FromSeconds(30)).Should().BeTrue();
        }
    }

    /// <summary>Every other one finds the relay asleep; the message that wakes it must not wait for another one.</summary>
    [Fact]
    public async Task A_message_arrives_whether_the_relay_sleeps_or_not()
    {
        using var runner = new Runner();
        await using var sink = new RelayingSink(runner, new Options());
        for (var number = 1; number <= 40; number++)
        {
            sink.OnMessage(Message(number));

            SpinWait.SpinUntil(() => runner.Count == number && (number % 2 == 0 || sink.IsIdle), TimeSpan.FromSeconds(30)).Should().BeTrue();
        }
    }

    [Fact]
    public async Task Xunit_is_asked_for_its_messages_on_the_threads_of_the_tests_while_it_runs()
    {
        using var runner = new Runner();
        var options = new Options();
        await using (new RelayingSink(runner, options))
        {
            options.GetValue<bool?>("xunit.execution.SynchronousMessageReporting").Should().BeTrue();
        }

        options.GetValue<bool?>("xunit.execution.SynchronousMessageReporting").Should().BeNull();
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

        public int Count
        {
            get
            {
                lock (Taken)
                {
                    return Taken.Count;
                }
            }
        }

        public Func<bool> Answer { get; init; } = static () => true;

        public bool OnMessage(IMessageSinkMessage message)
        {
            Gate.Wait();
            lock (Taken)
            {
                Taken.Add(message);
            }

            return Answer();
        }

        public void Dispose() => Gate.Dispose();
    }
}
