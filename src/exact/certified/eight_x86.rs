//! Eight machine numbers side by side on x86-64, with AVX-512 in one register and with AVX2 in two.

#![expect(
    clippy::inline_always,
    reason = "what is not inlined is not compiled for the processor at hand"
)]

use std::arch::x86_64::{__m256d, __m512d, _CMP_GE_OQ};

use pulp::x86::{V3, V4};

use super::eight::{EIGHT, Eight, Work};

/// Work and the processor that does it.
pub(super) struct On<E, W>(pub(super) E, pub(super) W);

impl<E: Eight, W: Work> pulp::NullaryFnOnce for On<E, W> {
    type Output = W::Output;

    #[inline(always)]
    fn call(self) -> W::Output {
        self.1.with(self.0)
    }
}

/// Four pairs in one register.
#[inline(always)]
fn four(simd: V4, first: [f64; 2], second: [f64; 2], third: [f64; 2], last: [f64; 2]) -> __m512d {
    let quads = simd.avx512dq;
    let all = simd.avx512f._mm512_castpd128_pd512(pulp::cast(first));
    let all = quads._mm512_insertf64x2::<1>(all, pulp::cast(second));
    let all = quads._mm512_insertf64x2::<2>(all, pulp::cast(third));
    quads._mm512_insertf64x2::<3>(all, pulp::cast(last))
}

/// Two pairs in one register.
#[inline(always)]
fn two(simd: V3, first: [f64; 2], second: [f64; 2]) -> __m256d {
    simd.avx
        ._mm256_set_m128d(pulp::cast(second), pulp::cast(first))
}

impl Eight for V4 {
    type Numbers = __m512d;
    type Choice = u8;

    #[inline(always)]
    fn all(self, value: f64) -> __m512d {
        self.avx512f._mm512_set1_pd(value)
    }

    #[inline(always)]
    fn unpair(self, pairs: [[f64; 2]; EIGHT]) -> [__m512d; 2] {
        let [first, second, third, fourth, fifth, sixth, seventh, eighth] = pairs;
        let even = four(self, first, third, fifth, seventh);
        let odd = four(self, second, fourth, sixth, eighth);
        [
            self.avx512f._mm512_unpacklo_pd(even, odd),
            self.avx512f._mm512_unpackhi_pd(even, odd),
        ]
    }

    #[inline(always)]
    fn pair(self, first: __m512d, second: __m512d) -> [[f64; 2]; EIGHT] {
        let even = self.avx512f._mm512_unpacklo_pd(first, second);
        let odd = self.avx512f._mm512_unpackhi_pd(first, second);
        let [first, third, fifth, seventh] = pulp::cast(even);
        let [second, fourth, sixth, eighth] = pulp::cast(odd);
        [first, second, third, fourth, fifth, sixth, seventh, eighth]
    }

    #[inline(always)]
    fn add(self, a: __m512d, b: __m512d) -> __m512d {
        self.avx512f._mm512_add_pd(a, b)
    }

    #[inline(always)]
    fn subtract(self, a: __m512d, b: __m512d) -> __m512d {
        self.avx512f._mm512_sub_pd(a, b)
    }

    #[inline(always)]
    fn times(self, a: __m512d, b: __m512d) -> __m512d {
        self.avx512f._mm512_mul_pd(a, b)
    }

    #[inline(always)]
    fn least(self, a: __m512d, b: __m512d) -> __m512d {
        self.avx512f._mm512_min_pd(a, b)
    }

    #[inline(always)]
    fn greatest(self, a: __m512d, b: __m512d) -> __m512d {
        self.avx512f._mm512_max_pd(a, b)
    }

    #[inline(always)]
    fn reaches(self, a: __m512d, b: __m512d) -> u8 {
        self.avx512f._mm512_cmp_pd_mask::<_CMP_GE_OQ>(a, b)
    }

    #[inline(always)]
    fn choose(self, is: u8, yes: __m512d, no: __m512d) -> __m512d {
        self.avx512f._mm512_mask_blend_pd(is, no, yes)
    }

    #[inline(always)]
    fn bits(self, is: u8) -> u8 {
        is
    }

    #[inline(always)]
    fn each(self, numbers: __m512d) -> [f64; EIGHT] {
        pulp::cast(numbers)
    }
}

impl Eight for V3 {
    type Numbers = [__m256d; 2];
    /// All ones for yes, 0 for no.
    type Choice = [__m256d; 2];

    #[inline(always)]
    fn all(self, value: f64) -> [__m256d; 2] {
        [self.avx._mm256_set1_pd(value); 2]
    }

    #[inline(always)]
    fn unpair(self, pairs: [[f64; 2]; EIGHT]) -> [[__m256d; 2]; 2] {
        let avx = self.avx;
        let [first, second, third, fourth, fifth, sixth, seventh, eighth] = pairs;
        let (even, odd) = (two(self, first, third), two(self, second, fourth));
        let (later_even, later_odd) = (two(self, fifth, seventh), two(self, sixth, eighth));
        [
            [
                avx._mm256_unpacklo_pd(even, odd),
                avx._mm256_unpacklo_pd(later_even, later_odd),
            ],
            [
                avx._mm256_unpackhi_pd(even, odd),
                avx._mm256_unpackhi_pd(later_even, later_odd),
            ],
        ]
    }

    #[inline(always)]
    fn pair(self, [a, b]: [__m256d; 2], [c, d]: [__m256d; 2]) -> [[f64; 2]; EIGHT] {
        let avx = self.avx;
        let [first, third] = pulp::cast(avx._mm256_unpacklo_pd(a, c));
        let [second, fourth] = pulp::cast(avx._mm256_unpackhi_pd(a, c));
        let [fifth, seventh] = pulp::cast(avx._mm256_unpacklo_pd(b, d));
        let [sixth, eighth] = pulp::cast(avx._mm256_unpackhi_pd(b, d));
        [first, second, third, fourth, fifth, sixth, seventh, eighth]
    }

    #[inline(always)]
    fn add(self, [a, b]: [__m256d; 2], [c, d]: [__m256d; 2]) -> [__m256d; 2] {
        [self.avx._mm256_add_pd(a, c), self.avx._mm256_add_pd(b, d)]
    }

    #[inline(always)]
    fn subtract(self, [a, b]: [__m256d; 2], [c, d]: [__m256d; 2]) -> [__m256d; 2] {
        [self.avx._mm256_sub_pd(a, c), self.avx._mm256_sub_pd(b, d)]
    }

    #[inline(always)]
    fn times(self, [a, b]: [__m256d; 2], [c, d]: [__m256d; 2]) -> [__m256d; 2] {
        [self.avx._mm256_mul_pd(a, c), self.avx._mm256_mul_pd(b, d)]
    }

    #[inline(always)]
    fn least(self, [a, b]: [__m256d; 2], [c, d]: [__m256d; 2]) -> [__m256d; 2] {
        [self.avx._mm256_min_pd(a, c), self.avx._mm256_min_pd(b, d)]
    }

    #[inline(always)]
    fn greatest(self, [a, b]: [__m256d; 2], [c, d]: [__m256d; 2]) -> [__m256d; 2] {
        [self.avx._mm256_max_pd(a, c), self.avx._mm256_max_pd(b, d)]
    }

    #[inline(always)]
    fn reaches(self, [a, b]: [__m256d; 2], [c, d]: [__m256d; 2]) -> [__m256d; 2] {
        [
            self.avx._mm256_cmp_pd::<_CMP_GE_OQ>(a, c),
            self.avx._mm256_cmp_pd::<_CMP_GE_OQ>(b, d),
        ]
    }

    #[inline(always)]
    fn choose(
        self,
        [is, also]: [__m256d; 2],
        [a, b]: [__m256d; 2],
        [c, d]: [__m256d; 2],
    ) -> [__m256d; 2] {
        [
            self.avx._mm256_blendv_pd(c, a, is),
            self.avx._mm256_blendv_pd(d, b, also),
        ]
    }

    #[inline(always)]
    fn bits(self, [low, high]: [__m256d; 2]) -> u8 {
        let (low, high) = (
            self.avx._mm256_movemask_pd(low),
            self.avx._mm256_movemask_pd(high),
        );
        u8::try_from(low | high << 4).unwrap_or(u8::MAX)
    }

    #[inline(always)]
    fn each(self, numbers: [__m256d; 2]) -> [f64; EIGHT] {
        pulp::cast(numbers)
    }
}
