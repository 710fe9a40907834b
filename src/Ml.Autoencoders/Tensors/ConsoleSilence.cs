using System.Text;

namespace Ml.Autoencoders.Tensors;

/// <summary>Until it is disposed, what this thread writes to the console is dropped. Others write as before.</summary>
internal sealed class ConsoleSilence : IDisposable
{
    private readonly TextWriter _before;
    private readonly TextWriter _within;

    public ConsoleSilence()
    {
        _before = Console.Out;
        Console.SetOut(new Filter(_before, Environment.CurrentManagedThreadId));
        _within = Console.Out;
    }

    /// <summary>Where another writer has been set meanwhile, it stays.</summary>
    public void Dispose()
    {
        if (ReferenceEquals(Console.Out, _within))
            Console.SetOut(_before);
    }

    private sealed class Filter(TextWriter writer, int silentThread) : TextWriter(writer.FormatProvider)
    {
        public override Encoding Encoding => writer.Encoding;

        private bool IsHeard => Environment.CurrentManagedThreadId != silentThread;

        public override void Write(char value)
        {
            if (IsHeard)
                writer.Write(value);
        }

        public override void Write(char[] buffer, int index, int count)
        {
            if (IsHeard)
                writer.Write(buffer, index, count);
        }

        public override void Write(string? value)
        {
            if (IsHeard)
                writer.Write(value);
        }

        public override void Flush() => writer.Flush();
    }
}
