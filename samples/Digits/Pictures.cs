using Digits.Data;
namespace Digits;
internal static class Pictures { public static void Draw(string folder, Mnist digits, Candidate plain, Candidate denoising) { } }
