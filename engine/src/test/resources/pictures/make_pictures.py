"""Writes the pictures of this folder and pictures.json. Needs Pillow 11.1.0 and nothing else.

Formats that Pillow cannot write are put together here, byte by byte; what they mean is always asked of Pillow.
"""
import hashlib, io, json, pathlib, random, struct, zlib
from PIL import Image, ImageCms, __version__

HERE = pathlib.Path(__file__).parent
assert __version__ == "11.1.0", __version__
rng = random.Random(7)
W, H = 37, 23


def noisy(width, height, c):
    return bytes(
        min(255, max(0, int(128 + 90 * ((x * (c + 2) % 29) / 29 - (y * (5 - c) % 17) / 17)) + rng.randrange(-20, 20)))
        for y in range(height) for x in range(width))


def picture(mode="RGB", width=W, height=H):
    bands = [Image.frombytes("L", (width, height), noisy(width, height, c)) for c in range(len(mode))]
    return bands[0] if mode == "L" else Image.merge(mode, bands)


def save(name, image, **options):
    image.save(HERE / name, **options)


def put(name, data):
    (HERE / name).write_bytes(data)


# ---------------------------------------------------------------- PNG
def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def pack(samples, depth):
    if depth == 16:
        return b"".join(struct.pack(">H", s) for s in samples)
    out, bits, n = bytearray(), 0, 0
    for s in samples:
        bits, n = bits << depth | s, n + depth
        if n == 8:
            out.append(bits)
            bits, n = 0, 0
    if n:
        out.append(bits << (8 - n))
    return bytes(out)


def png(name, depth, colour, channels, interlace=False, plte=None, extra=(), limit=None, width=W, height=H):
    top = limit or (1 << depth)
    pixel = {(x, y): [rng.randrange(top) for _ in range(channels)] for y in range(height) for x in range(width)}
    passes = ([(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]
              if interlace else [(0, 0, 1, 1)])
    raw = bytearray()
    for x0, y0, dx, dy in passes:
        for y in range(y0, height, dy):
            row = [s for x in range(x0, width, dx) for s in pixel[x, y]]
            if row:
                raw += b"\0" + pack(row, depth)
    data = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, interlace))
    if plte is not None:
        data += chunk(b"PLTE", plte)
    for kind, content in extra:
        data += chunk(kind, content)
    put(name, data + chunk(b"IDAT", zlib.compress(bytes(raw), 9)) + chunk(b"IEND", b""))


def colours(n):
    return bytes(rng.randrange(256) for _ in range(3 * n))


png("rgb16.png", 16, 2, 3)
png("rgba16.png", 16, 6, 4, width=19)
png("grey16_low.png", 16, 0, 1, limit=300)
png("grey16.png", 16, 0, 1, interlace=True)
png("grey_alpha16.png", 16, 4, 2)
for depth in (1, 2, 4, 8):
    png(f"grey{depth}.png", depth, 0, 1, interlace=depth == 2)
    png(f"palette{depth}.png", depth, 3, 1, plte=colours(1 << depth), interlace=depth == 4)
png("palette_trns.png", 4, 3, 1, plte=colours(16), extra=[(b"tRNS", bytes([0, 128, 255, 3]))])
png("palette_short.png", 4, 3, 1, plte=colours(5))
png("grey_trns.png", 8, 0, 1, extra=[(b"tRNS", b"\0\x40")])
png("rgb_trns.png", 8, 2, 3, extra=[(b"tRNS", b"\0\1\0\2\0\3"), (b"gAMA", struct.pack(">I", 100000))])
png("rgb_interlaced.png", 8, 2, 3, interlace=True, width=13)
png("rgba_interlaced.png", 8, 6, 4, interlace=True, width=3, height=2)
png("rgb_plte.png", 8, 2, 3, plte=colours(9), width=9)
save("rgb_filters.png", picture(), optimize=True)
icc = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
at = icc.index(b"rXYZ")  # make red and blue trade places, so that obeying the profile would show
bt = icc.index(b"bXYZ")
icc[at:at + 4], icc[bt:bt + 4] = b"bXYZ", b"rXYZ"
icc[24:36] = bytes(12)  # when it was made
save("icc.png", picture(), icc_profile=bytes(icc))

# ---------------------------------------------------------------- JPEG
def jpeg(image, **options):
    out = io.BytesIO()
    image.save(out, "JPEG", quality=85, **options)
    return bytearray(out.getvalue())


def without(data, *markers):
    out, p = bytearray(data[:2]), 2
    while data[p + 1] != 0xDA:
        end = p + 2 + struct.unpack(">H", data[p + 2:p + 4])[0]
        if data[p + 1] not in markers:
            out += data[p:end]
        p = end
    return out + data[p:]


def frame(data):
    p = 2
    while data[p + 1] not in (0xC0, 0xC2):
        p += 2 + struct.unpack(">H", data[p + 2:p + 4])[0]
    return p


ADOBE = b"\xff\xee\0\x0eAdobe\0\x64\0\0\0\0"
for name, subsampling in (("odd_444", 0), ("odd_422", 1), ("odd_420", 2)):
    put(f"{name}.jpg", jpeg(picture(), subsampling=subsampling))
put("progressive_422.jpg", jpeg(picture(), subsampling=1, progressive=True))
put("restart.jpg", jpeg(picture(), restart_marker_blocks=2))
put("icc.jpg", jpeg(picture(), icc_profile=bytes(icc)))
put("keep_rgb.jpg", jpeg(picture(), keep_rgb=True))
plain = jpeg(picture(), subsampling=0)
put("no_marker_444.jpg", without(plain, 0xE0))
put("adobe_rgb.jpg", plain[:2] + ADOBE + b"\0" + without(plain, 0xE0)[2:])
put("adobe_ycc.jpg", plain[:2] + ADOBE + b"\1" + without(plain, 0xE0)[2:])
put("jfif_and_adobe_rgb.jpg", plain[:20] + ADOBE + b"\0" + plain[20:])
odd_ids = bytearray(without(plain, 0xE0))
f = frame(odd_ids)
s = odd_ids.index(b"\xff\xda")
for i, name in enumerate(b"abc"):
    odd_ids[f + 10 + 3 * i] = name
    odd_ids[s + 5 + 2 * i] = name
put("component_ids.jpg", odd_ids)


def resampled(name, image, subsampling, factors, width, height):
    data = jpeg(image, subsampling=subsampling)
    f = frame(data)
    data[f + 5:f + 9] = struct.pack(">HH", height, width)
    data[f + 11] = factors
    put(name, data)


# The same number of blocks, laid out otherwise: a valid file of a sampling that Pillow does not write.
resampled("s440.jpg", picture(width=64, height=32), 1, 0x12, 32, 64)
resampled("s440_odd.jpg", picture(width=64, height=32), 1, 0x12, 27, 59)
resampled("s411.jpg", picture(width=64, height=32), 2, 0x41, 119, 13)
resampled("s441.jpg", picture(width=64, height=32), 2, 0x14, 13, 119)
put("tiny_420.jpg", jpeg(picture(width=3, height=3), subsampling=2))
put("tiny_422.jpg", jpeg(picture(width=1, height=5), subsampling=1))
put("tiny_440.jpg", b"")
resampled("tiny_440.jpg", picture(width=16, height=8), 1, 0x12, 1, 3)
cmyk = jpeg(picture("CMYK"))
put("cmyk.jpg", cmyk)
a = cmyk.index(b"Adobe")
ycck = bytearray(cmyk)
ycck[a + 11] = 2
put("ycck.jpg", ycck)
put("cmyk_no_adobe.jpg", without(cmyk, 0xEE))
put("grey.jpg", jpeg(picture("L")))
grey_twos = jpeg(picture("L"))
grey_twos[frame(grey_twos) + 11] = 0x22
put("grey_factors.jpg", grey_twos)
put("trailing.jpg", jpeg(picture()) + b"\0" * 40 + jpeg(picture(width=8, height=8)))
put("fill_bytes.jpg", plain[:2] + b"\xff\xff\xff" + plain[2:])

# ---------------------------------------------------------------- GIF
def lzw(indices, bits):
    """Without compression: a clear code before the codes would grow."""
    out, acc, n, left = bytearray(), 0, 0, 0
    codes = []
    for i in indices:
        if left == 0:
            codes.append(1 << bits)
            left = (1 << bits) - 2
        codes.append(i)
        left -= 1
    codes.append((1 << bits) + 1)
    for c in codes:
        acc |= c << n
        n += bits + 1
        while n >= 8:
            out.append(acc & 255)
            acc, n = acc >> 8, n - 8
    out.append(acc & 255)
    return bytes([bits]) + b"".join(bytes([len(out[i:i + 255])]) + bytes(out[i:i + 255])
                                    for i in range(0, len(out), 255)) + b"\0"


def gif(name, screen, box, table, local=None, transparent=None, background=0, limit=None, bits=4):
    def packed(t):
        return 0x80 | (len(t) // 3).bit_length() - 2 if t else 0
    left, top, width, height = box
    data = b"GIF89a" + struct.pack("<HHBBB", *screen, packed(table), background, 0) + (table or b"")
    if transparent is not None:
        data += b"\x21\xf9\4\1\0\0" + bytes([transparent]) + b"\0"
    data += b"\x2c" + struct.pack("<HHHHB", left, top, width, height, packed(local)) + (local or b"")
    data += lzw([rng.randrange(limit or 1 << bits) for _ in range(width * height)], bits)
    put(name, data + b"\x3b")


gif("offset.gif", (30, 20), (5, 3, 17, 11), colours(16))
gif("offset_background.gif", (30, 20), (5, 3, 17, 11), colours(16), background=7)
gif("offset_transparent.gif", (30, 20), (5, 3, 17, 11), colours(16), transparent=5)
gif("outside.gif", (10, 8), (4, 2, 17, 11), colours(16))
gif("local_table.gif", (20, 12), (0, 0, 20, 12), colours(16), local=colours(16))
gif("short_table.gif", (20, 12), (0, 0, 20, 12), colours(8))
gif("no_table.gif", (20, 12), (1, 0, 19, 12), None)
gif("grey_table.gif", (20, 12), (1, 1, 19, 11), bytes(i for i in range(16) for _ in range(3)))
save("interlaced.gif", picture().quantize(40), interlace=1)
save("compressed.gif", Image.new("P", (60, 60), 3), optimize=False)
save("frames.gif", picture().quantize(16), save_all=True, append_images=[picture().quantize(16)], disposal=2)

# ---------------------------------------------------------------- BMP
def bmp(name, depth, rows, width=W, height=H, table=b"", compression=0, masks=b"", used=0, offset_extra=0):
    head = struct.pack("<IiiHHIIiiII", 40, width, height, 1, depth, compression, len(rows), 0, 0, used, 0) + masks + table
    offset = 14 + len(head) + offset_extra
    put(name, b"BM" + struct.pack("<IHHI", offset + len(rows), 0, 0, offset) + head + b"\0" * offset_extra + rows)


def noise(n):
    return bytes(rng.randrange(256) for _ in range(n))


def stride(depth, width=W):
    return (width * depth + 31) // 32 * 4


def table(n):
    return b"".join(colours(1) + b"\0" for _ in range(n))


for depth in (1, 4, 8):
    bmp(f"palette{depth}.bmp", depth, noise(stride(depth) * H), table=table(1 << depth))
bmp("palette4_short.bmp", 4, bytes(b & 0x33 for b in noise(stride(4) * H)), table=table(4), used=4)
bmp("grey8.bmp", 8, noise(stride(8) * H), table=b"".join(bytes([i, i, i, 0]) for i in range(256)))
bmp("rgb16.bmp", 16, noise(stride(16) * H))
bmp("rgb565.bmp", 16, noise(stride(16) * H), compression=3, masks=struct.pack("<III", 0xF800, 0x7E0, 0x1F))
bmp("rgb32.bmp", 32, noise(stride(32) * H))
bmp("rgb32_masks.bmp", 32, noise(stride(32) * H), compression=3, masks=struct.pack("<III", 0xFF0000, 0xFF00, 0xFF))
bmp("top_down.bmp", 24, noise(stride(24) * H), height=-H)
bmp("gap.bmp", 24, noise(stride(24) * H), offset_extra=6)
rle8 = b"".join(bytes([5, y, 4, y + 1, 0, 5, 1, 2, 3, 4, 5, 0, W - 14, 9, 0, 0]) for y in range(H)) + b"\0\1"
bmp("rle8.bmp", 8, rle8, table=table(256), compression=1)
rle4 = b"".join(bytes([5, 0x12 + y, 0, 4, 0xAB, 0xCD, W - 9, 0x9F, 0, 0]) for y in range(H)) + b"\0\1"
bmp("rle4.bmp", 4, rle4, table=table(16), compression=2)
os2 = noise(stride(24) * H)
put("os2.bmp", b"BM" + struct.pack("<IHHI", 26 + len(os2), 0, 0, 26) + struct.pack("<IHHHH", 12, W, H, 1, 24) + os2)
save("written.bmp", picture())

# ---------------------------------------------------------------- TIFF
for compression in ("tiff_lzw", "packbits", "tiff_adobe_deflate"):
    save(f"{compression}.tif", picture(), compression=compression)
save("predictor.tif", picture(), compression="tiff_lzw", tiffinfo={317: 2})
save("grey.tif", picture("L"))
save("grey_lzw.tif", picture("L"), compression="tiff_lzw")
save("one_bit.tif", picture("L").convert("1"))
save("group4.tif", picture("L").convert("1"), compression="group4")
save("palette.tif", picture().quantize(60))
save("rgba.tif", picture("RGBA"))
save("cmyk.tif", picture("CMYK"))
save("jpeg.tif", picture(), compression="jpeg")
save("icc.tif", picture(), icc_profile=bytes(icc))
save("grey16.tif", Image.frombytes("I;16", (W, H), bytes(v for _ in range(W * H) for v in (rng.randrange(256), rng.randrange(2)))))
save("grey_alpha.tif", picture("LA"))


def tiff(name, order, photometric, bits, data, width=W, height=H, tags=(), tile=None, rows=None, planar=1):
    """One picture from raw strips or tiles."""
    bits = list(bits)
    entries = {256: (4, [width]), 257: (4, [height]), 258: (3, bits), 259: (3, [1]), 262: (3, [photometric]),
               277: (3, [len(bits)]), 284: (3, [planar])}
    entries.update(dict(tags))
    offset, counts, offsets = 8, [len(d) for d in data], []
    for d in data:
        offsets.append(offset)
        offset += len(d)
    if tile:
        entries.update({322: (3, [tile]), 323: (3, [tile]), 324: (4, offsets), 325: (4, counts)})
    else:
        entries.update({278: (3, [rows or height]), 273: (4, offsets), 279: (4, counts)})
    directory, more, at = b"", b"", offset + 2 + 12 * len(entries) + 4
    for tag, (kind, values) in sorted(entries.items()):
        raw = struct.pack(order + {3: "H", 4: "I"}[kind] * len(values), *values)
        if len(raw) > 4:
            directory += struct.pack(order + "HHII", tag, kind, len(values), at + len(more))
            more += raw
        else:
            directory += struct.pack(order + "HHI", tag, kind, len(values)) + raw.ljust(4, b"\0")
    put(name, (b"II*\0" if order == "<" else b"MM\0*") + struct.pack(order + "I", offset) + b"".join(data)
        + struct.pack(order + "H", len(entries)) + directory + b"\0" * 4 + more)


tiff("tiled.tif", "<", 2, [8] * 3, [noise(16 * 16 * 3) for _ in range(6)], tile=16)
tiff("big_endian.tif", ">", 2, [8] * 3, [noise(W * H * 3)])
tiff("strips.tif", "<", 2, [8] * 3, [noise(W * 3 * 7)] * 3 + [noise(W * 3 * 2)], rows=7)
tiff("white_is_zero.tif", "<", 0, [8], [noise(W * H)])
tiff("white_is_zero1.tif", "<", 0, [1], [noise(5 * H)])
tiff("grey4.tif", "<", 1, [4], [noise(19 * H)])
tiff("grey2.tif", "<", 1, [2], [noise(10 * H)])
tiff("rgb16_little.tif", "<", 2, [16] * 3, [noise(W * H * 6)])
tiff("rgb16_big.tif", ">", 2, [16] * 3, [noise(W * H * 6)])
tiff("grey16_big.tif", ">", 1, [16], [bytes(v for _ in range(W * H) for v in (rng.randrange(2), rng.randrange(256)))])
tiff("planar.tif", "<", 2, [8] * 3, [noise(W * H) for _ in range(3)], planar=2)
tiff("palette4.tif", "<", 3, [4], [noise(19 * H)], tags={320: (3, [rng.randrange(65536) for _ in range(48)])}.items())
tiff("rotated.tif", "<", 2, [8] * 3, [noise(W * H * 3)], tags={274: (3, [6])}.items())
tiff("associated_alpha.tif", "<", 2, [8] * 4, [noise(W * H * 4)], tags={338: (3, [1])}.items())
tiff("other_extra.tif", "<", 2, [8] * 4, [noise(W * H * 4)], tags={338: (3, [0])}.items())

# ---------------------------------------------------------------- WebP
save("lossy.webp", picture(), quality=70)
save("lossy_odd.webp", picture(width=61, height=1), quality=90)
save("lossy_alpha.webp", picture("RGBA"), quality=70)
save("lossless_alpha.webp", picture("RGBA"), lossless=True, exact=True)
save("icc.webp", picture(), icc_profile=bytes(icc), quality=80)
save("simple_filter.webp", picture(), quality=10, method=0)


def webp_chunk(kind, data):
    return kind + struct.pack("<I", len(data)) + data + b"\0" * (len(data) & 1)


def animated(name, canvas, at, image, flags=0, **options):
    out = io.BytesIO()
    image.save(out, "WEBP", **options)
    stream = out.getvalue()[12:]
    if stream[:4] == b"VP8X":
        stream = stream[18:]
    u24 = lambda v: struct.pack("<I", v)[:3]
    body = b"WEBP" + webp_chunk(b"VP8X", bytes([0x12, 0, 0, 0]) + u24(canvas[0] - 1) + u24(canvas[1] - 1))
    body += webp_chunk(b"ANIM", b"\x10\x80\xf0\xff\0\0")
    one = webp_chunk(b"ANMF", u24(at[0] // 2) + u24(at[1] // 2) + u24(image.width - 1) + u24(image.height - 1)
                     + u24(100) + bytes([flags]) + stream)
    put(name, b"RIFF" + struct.pack("<I", len(body) + 2 * len(one)) + body + one + one)


animated("animated.webp", (40, 30), (4, 6), picture(width=20, height=11), lossless=True)
animated("animated_lossy_alpha.webp", (40, 30), (0, 0), picture("RGBA", 40, 30), quality=60)
animated("animated_blend.webp", (40, 30), (6, 0), picture("RGBA", 20, 11), lossless=True, exact=True)

# Added later, so that the random numbers above stay as they are.
save("grey_icc.tif", picture("L"), icc_profile=bytes(icc))
save("cmyk_icc.tif", picture("CMYK"), icc_profile=bytes(icc))
tiff("white_is_zero4.tif", "<", 0, [4], [noise(19 * H)])
tiff("white_is_zero2.tif", "<", 0, [2], [noise(10 * H)])
save("full_table.gif", Image.frombytes("P", (120, 60), noise(7200)), optimize=False)

# ---------------------------------------------------------------- what Pillow reads
answers = {}
for path in sorted(HERE.iterdir()):
    if path.suffix in (".py", ".json", ".md"):
        continue
    try:
        with Image.open(path) as image:
            rgb = image.convert("RGB")
            answers[path.name] = {"mode": image.mode, "width": rgb.width, "height": rgb.height,
                                  "rgb_sha256": hashlib.sha256(rgb.tobytes()).hexdigest()}
    except Exception as e:
        answers[path.name] = {"raises": type(e).__name__}
        print(path.name, repr(e))
    if path.stat().st_size > 10_000:
        print(path.name, path.stat().st_size)
(HERE / "pictures.json").write_text(json.dumps(answers, indent=1) + "\n")
