using Ml.Autoencoders.Tensors;

namespace Ml.Autoencoders.Tests.Tensors;

[NonParallelizable]
internal sealed class ConsoleSilenceTests
{
    private StringWriter _written = null!;
    private TextWriter _console = null!;

    [SetUp]
    public void Replace()
    {
        _console = Console.Out;
        _written = new StringWriter();
        Console.SetOut(_written);
    }

    [TearDown]
    public void PutBack()
    {
        Console.SetOut(_console);
        _written.Dispose();
    }

    [Test]
    public void What_the_thread_writes_is_dropped_until_the_end()
    {
        Console.Write("before ");
        using (new ConsoleSilence())
        {
            Console.Write('x');
            Console.Write("text");
            Console.WriteLine("line");
            Console.WriteLine(1);
            Console.WriteLine("{0}", 2);
            Console.Out.Write(['a', 'b'], 0, 1);
            Console.Out.Write("span".AsSpan());
            Console.Out.Flush();
        }
        Console.Write("after");

        Assert.That(_written.ToString(), Is.EqualTo("before after"));
    }

    [Test]
    public void The_console_is_left_alone_where_the_application_wants_that([Values] bool isKept)
    {
        TextWriter before = Console.Out;
        AppContext.SetSwitch(TorchLibrary.ConsoleSwitch, isKept);
        try
        {
            using (TorchLibrary.Silence())
                Assert.That(ReferenceEquals(Console.Out, before), Is.EqualTo(isKept));
            Assert.That(Console.Out, Is.SameAs(before));
        }
        finally
        {
            AppContext.SetSwitch(TorchLibrary.ConsoleSwitch, false);
        }
    }

    [Test]
    public void Other_threads_write_as_before()
    {
        using (new ConsoleSilence())
        {
            var other = new Thread(() =>
            {
                Console.WriteLine("line");
                Console.Out.Write(['a', 'b'], 0, 1);
                Console.Write('c');
            });
            other.Start();
            other.Join();
        }

        Assert.That(_written.ToString(), Is.EqualTo($"line{Environment.NewLine}ac"));
    }

    [Test]
    public void A_writer_that_was_set_meanwhile_stays()
    {
        using var other = new StringWriter();
        using (new ConsoleSilence())
            Console.SetOut(other);
        Console.Write("later");

        Assert.That(other.ToString(), Is.EqualTo("later"));
    }
}
