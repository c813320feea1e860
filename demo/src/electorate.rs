//! How invented lenders vote: at random, but so that the amounts come near to what was meant,
//! whoever holds the largest claims.

use rand::Rng;

/// One way to vote, and the share of votes that it should get. Shares need not add up to 1.
#[derive(Clone, Copy, Debug)]
pub struct Leaning<Way> {
	/// The way.
	pub way: Way,
	/// The share.
	pub share: f64,
}

/// The tenth of voters with the largest claims decides most of the amount: chance must not decide
/// for them.
const LARGE_SHARE: f64 = 0.1;

/// Gives each voter a way. `amounts` are the voters' claims in yuan.
pub fn assign<Way: Copy>(
	rng: &mut impl Rng,
	amounts: &[f64],
	leanings: &[Leaning<Way>],
) -> Vec<Way> {
	let total: f64 = leanings.iter().map(|leaning| leaning.share).sum();
	let mut ranks: Vec<usize> = (0..amounts.len()).collect();
	ranks.sort_by(|one, other| amounts[*other].total_cmp(&amounts[*one]));
	let large = (amounts.len() as f64 * LARGE_SHARE).ceil() as usize;

	let mut ways: Vec<Way> = (0..amounts.len()).map(|_| draw(rng, leanings, total)).collect();
	let mut given = vec![0.0; leanings.len()];
	let mut sum = 0.0;
	for voter in ranks.into_iter().take(large) {
		sum += amounts[voter];
		// The way that lags furthest behind its share.
		let lag = |at: usize| leanings[at].share / total * sum - given[at];
		let furthest = (0..leanings.len()).max_by(|one, other| lag(*one).total_cmp(&lag(*other)));
		if let Some(at) = furthest {
			given[at] += amounts[voter];
			ways[voter] = leanings[at].way;
		}
	}
	ways
}

fn draw<Way: Copy>(rng: &mut impl Rng, leanings: &[Leaning<Way>], total: f64) -> Way {
	let mut point = rng.gen_range(0.0..total);
	for leaning in leanings {
		if point < leaning.share {
			return leaning.way;
		}
		point -= leaning.share;
	}
	leanings[leanings.len() - 1].way
}

#[cfg(test)]
mod tests {
	use super::*;
	use rand::SeedableRng;
	use rand_chacha::ChaCha20Rng;
	use rand_distr::{Distribution, LogNormal};

	#[test]
	fn heads_and_amounts_come_near_to_the_shares_whatever_the_seed() {
		let leanings = [("for", 0.6), ("against", 0.3), ("abstain", 0.1)]
			.map(|(way, share)| Leaning { way, share });
		for seed in 0..40 {
			let mut rng = ChaCha20Rng::seed_from_u64(seed);
			let claims = LogNormal::new(9.0, 1.48).unwrap();
			let amounts: Vec<f64> = (0..150).map(|_| claims.sample(&mut rng)).collect();
			let ways = assign(&mut rng, &amounts, &leanings);
			let in_favour = |voter: &usize| ways[*voter] == "for";
			let heads = (0..150).filter(in_favour).count() as f64 / 150.0;
			let amount: f64 = (0..150).filter(in_favour).map(|voter| amounts[voter]).sum();
			let amount = amount / amounts.iter().sum::<f64>();
			assert!((0.45..0.75).contains(&heads), "seed {seed}: {heads}");
			assert!((0.48..0.75).contains(&amount), "seed {seed}: {amount}");
		}
	}
}
