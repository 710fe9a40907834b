#:package SkiaSharp
#:package SkiaSharp.NativeAssets.Linux.NoDependencies
#:property NoWarn=$(NoWarn);MA0048
using SkiaSharp;

// dotnet run eng/icon.cs FILE.png: draws the packages' icon, bars as long as the layers of an autoencoder are wide.
const int Size = 128;
const int BarWidth = 16;
const int Gap = 8;
int[] heights = [112, 64, 24, 64, 112];

using var bitmap = new SKBitmap(Size, Size);
using var canvas = new SKCanvas(bitmap);
using var paint = new SKPaint { IsAntialias = true };
int left = (Size - (heights.Length * (BarWidth + Gap) - Gap)) / 2;
for (int i = 0; i < heights.Length; i++)
{
    // The code in the middle, which everything has to pass, is of another color.
    paint.Color = i == heights.Length / 2 ? new SKColor(0xE6, 0x8A, 0x00) : new SKColor(0x2A, 0x6F, 0xBB);
    canvas.DrawRoundRect(left + i * (BarWidth + Gap), (Size - heights[i]) / 2f, BarWidth, heights[i], BarWidth / 2f,
        BarWidth / 2f, paint);
}
using FileStream file = File.Create(args[0]);
bitmap.Encode(file, SKEncodedImageFormat.Png, quality: 100);
