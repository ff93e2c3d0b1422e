/** S substantive: a claim is false or incomplete. F: a formula is wrong. T: typo or notation. */
export type ErratumClass = 'substantive' | 'formula' | 'typo' | 'slides' | 'further';

/** One error of the paper or of the slides; or, under `further`, what was found beside them. */
export interface Erratum {
  readonly id: string;
  readonly kind: ErratumClass;
  readonly place: string;
  readonly printed: string;
  readonly corrected: string;
}

const erratum =
  (kind: ErratumClass) =>
  (id: string, place: string, printed: string, corrected: string): Erratum => ({
    id,
    kind,
    place,
    printed,
    corrected,
  });
const substantive = erratum('substantive');
const formula = erratum('formula');
const typo = erratum('typo');
const slides = erratum('slides');
const further = erratum('further');

const uniform = 'Appendix, Uniform Symmetric Setting';

/** The errata; their evidence is in the rows of the replication that carry their ids. */
export const errata: readonly Erratum[] = [
  substantive(
    'S1',
    'Prop. 2 and its proof',
    'Unless full surplus is extracted, the low type is served efficiently for φ_L = w_L − (f_H/f_L)(w_H − w_L).',
    'The high type’s participation was dropped, and can bind: φ_L = w_L − λ(w_H − w_L), λ = min{f_H/f_L, λ*}, with λ* the root of ∫(w_H − w_L)q_L(λ). At λ* no rent is left, yet q_L is distorted.',
  ),
  substantive(
    'S2',
    'Lemma 3, Prop. 7',
    'If φ is increasing, a menu of two-part tariffs implements the optimum.',
    'Necessary and sufficient: m = θ/φ nonincreasing where φ > 0, that is (1 − F)/(θf) nonincreasing there. Where m rises, types gain by others’ tariffs; ironed intervals always break it.',
  ),
  substantive(
    'S3',
    'Proof of Lemma 3',
    'The implied transfer schedule T(q(θ)) is concave.',
    'T is convex in q (dT/dq = θ). What is needed is T concave in cost (dT/dC = m).',
  ),
  substantive(
    'S4',
    'Assumption 2, Prop. 6',
    'Assumption 2 is a further assumption on technology, and with it the menu implements.',
    'm nonincreasing implies Assumption 2, which implies Assumption 1; and Assumption 2 without it does not implement. ‘m nonincreasing where φ > 0’ alone is necessary and sufficient.',
  ),
  substantive(
    'S5',
    'Abstract',
    'Higher markups for more intensive users.',
    'Lower: m is nonincreasing whenever the menu implements. Only the upfront fee rises.',
  ),
  substantive(
    'S6',
    'Lemma 1.1, Section 3',
    'C_q(0, s) = 0, and every task with w_i > 0 is allocated some tokens.',
    'Does not follow from Section 2: v = √(b+z) ln(1 + √(xy)/√(b+z)) meets its assumptions, and C_q(0, s) = 2√(c_x c_y). Needs v(t, t, z)/t → ∞ as t → 0. True for Cobb–Douglas.',
  ),
  substantive(
    'S7',
    'Props. 5, 7',
    'φ(θ) is increasing.',
    'Fails in the paper’s own uniform symmetric setting for ρ < 1/4, near θ = 0. Harmless, as φ < 0 there: ask it where φ > 0.',
  ),
  formula('F1', 'Example 1, Section 4.2', 'x = y = 4s²(2w−1)², no fine-tuning', '4(2w−1)² a task'),
  formula('F2', 'Example 1, Section 4.2', 'x = y = 16 s^{1/3} (2w−1)⁴, fine-tuning', '16 s (2w−1)⁴'),
  formula('F3', 'Example 1, Section 4.2', 'z = 16 s^{10/3} (2w−1)⁴ − 1', '16 s² (2w−1)⁴ − 1'),
  formula('F4', 'Example 1, Section 6.2', 'p_0 = s²(2w−1)³ − 1/16, fine-tuning', 's²(2w−1)³ + 1/(16(2w−1))'),
  formula(
    'F5',
    'Prop. 3',
    'full surplus iff ∫(w_H − w_L) w_H^{σ/(1−σ)} ≤ 0',
    '∫(w_H − w_L) w_L^{σ/(1−σ)} ≤ 0 (the slides have it right)',
  ),
  formula(
    'F6',
    'Proof of Prop. 3',
    '(54) implies ∫(w̃^{1/(1−σ)} − w^{1/(1−σ)}) > 0: a violation only if θ̃ > θ',
    'the signs turned: only if θ > θ̃',
  ),
  formula('F7', 'Proof of Lemma 2', 'y_i = x_i X/Y; (X/Y)^β', 'y_i = x_i Y/X; (Y/X)^β'),
  formula('F8', uniform, 'x = s^{1/(2ρ)} ((2w−1)ρ/c)^{1/(1−2ρ)}, no fine-tuning', '((2w−1)ρ/c)^{1/(1−2ρ)}'),
  formula(
    'F9',
    uniform,
    'x = s^{(1−3ρ+3ρ²)/(3ρ(1−3ρ))} (·)^{1/(1−3ρ)}, fine-tuning',
    's^{ρ/(1−3ρ)} (·)^{1/(1−3ρ)}',
  ),
  formula(
    'F10',
    uniform,
    'z = s^{(1−6ρ²)/(3ρ(1−3ρ))} (·)^{1/(1−3ρ)} − 1',
    's^{(1−2ρ)/(1−3ρ)} (·)^{1/(1−3ρ)} − 1',
  ),
  formula('F11', uniform, 'p_0, fine-tuning, without the base level’s part of mC', 'add wc/(2w−1)'),
  formula(
    'F12',
    uniform,
    'φ(θ) = 2[θ + ρ − (1−ρ)θ^{1/(1−2ρ)}] / (1 − θ^{2ρ/(1−2ρ)})',
    '2[θ − ρ − (1−ρ)θ^{1/(1−2ρ)}] / (1 − θ^{2ρ/(1−2ρ)})',
  ),
  formula('F13', 'Example 1, Section 5', 'types θ ∈ (1/3 + 2/3, 1] fine-tune', 'θ ∈ (2/3, 1]'),
  formula('F14', 'Proof of Prop. 7', 'P(Q(θ)) = m(θ)Q(θ)', 'm(θ)C(Q(θ)) (the slides have it right)'),
  formula('F15', 'Section 6.1', 'linear valuation function θq − C(q)', 'θq − T'),
  formula('F16', 'Lemma 4', 'α + β + γ ≤ 1, C strictly convex', 'α + β + γ < 1; at 1 C is linear above q̂'),
  typo('T1', 'Remark 1', '‘Assumption 2 is than Assumption 1’', 'stronger than'),
  typo('T2', 'Remark 1', 'φ(q(w, s), s) = C_q(q(w, s), s)', 'φ(w) = C_q(q(w, s), s)'),
  typo('T3', 'Assumption 2', 'carries Assumption 1’s title, Bounded Rent Increase', 'a title of its own'),
  typo('T4', 'Proof of Prop. 2', 'c_z z_i', 'one common z'),
  typo('T5', 'Section 5', 'MR(θ) ≤ 0', 'φ(θ) ≤ 0'),
  typo('T6', 'Prop. 5, (22)', 'types ω; t(w)', 'types w (bold); T'),
  typo('T7', 'Proof of Lemma 3', 'type w', 'type θ'),
  typo('T8', '(36); proof of Lemma 2', 'dummy z; multiplier γ', 'other letters: both are taken'),
  typo(
    'T9',
    '(11), Section 5',
    'θ̂ for two thresholds',
    'the φ of (11) (1/2 in Example 1), and the type that has it (2/3)',
  ),
  typo('T10', 'Lemma 2', 'θ ∈ [0, 1]', 'only if w_i ≤ 1'),
  typo('T11', 'Example 1, Section 4.2', 'types w > ŵ(s), also for s < 1/4', 'min{ŵ(s), 1}'),
  typo('T12', 'Example 1, Section 5', 'around 10 % of the profits', 'exactly 1/9'),
  typo('T13', 'Example 1, Section 4.2', 'x(w, s) = y(s, w)', 'x(w, s) = y(w, s)'),
  typo('T14', 'Lemma 1.2, 1.3', 'strictly, for all q', 'strictly for q > 0'),
  typo(
    'T15',
    '(21)',
    '∫ from 0',
    'from w_l where the support starts at w_l and φ(w_l) > 0: T(w_l) = w_l q(w_l)',
  ),
  slides('slides (50)', 'slides (50)', 'α/(1−α−γ) and 1 as powers of α/c_x, β/c_y', 'α/(1−κ), β/(1−κ)'),
  slides('slides (51)', 'slides (51)', 'γ/(1−κ) as power of α/c_x', 'α/(1−κ)'),
  slides('slides p. 26', 'slides p. 26', '(X/Y)^β', '(Y/X)^β'),
  slides('slides p. 19', 'slides p. 19', 'the seller maximises buyer surplus', 'her profit'),
  slides('slides p. 28', 'slides p. 28', 'θq − C(q)', 'θq − T'),
  slides('slides p. 3', 'slides p. 3', 'v(x_i, y_i, z_i)', 'v(x_i, y_i, z)'),
  slides('slides φ', 'slides, tariffs', 'φ increasing', 'm nonincreasing, as S2'),
  further('G(1)', 'Assumption 2', '–', 'With fine-tuning, fails iff α + β + γ > κ̄(F).'),
  further('G(2)', 'Assumptions 1, 2', '–', 'Assumption 2 can fail where 1 holds: fees then fall in s.'),
  further(
    'G(3)',
    'Assumption 1, Prop. 4',
    '–',
    'Assumption 1 can fail under increasing φ; the menu of Prop. 4 is then not incentive compatible.',
  ),
  further(
    'G(4)',
    'Assumptions 1, 2',
    '–',
    'For φ constant above w_0: Assumption 1 fails iff w_0/w < γ/(1−σ), Assumption 2 iff w_0/w < κ.',
  ),
  further(
    'G(5)',
    'Assumptions 1, 2',
    '–',
    'Hazard rates and φ′ are location-invariant; m and both assumptions are not.',
  ),
  further(
    'H(1)',
    'Example 1',
    '–',
    'w ~ U[0, 1], tasks contractible, any technology: Π* = FB/2, CS = FB/4. Packages with σ = 1/2, w, s ~ U: 4/9, 8/27.',
  ),
  further('H(2)', 'Prop. 4', '–', 'Ironed intervals: where they matter, and where not.'),
];
