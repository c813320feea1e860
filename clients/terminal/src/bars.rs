//! Progress of long work, on a terminal only.

pub use indicatif::ProgressBar;
use indicatif::{ProgressDrawTarget, ProgressStyle};

/// Whether progress is shown.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Bars {
	/// Where somebody looks at it.
	Shown,
	/// Nowhere.
	Hidden,
}

impl Bars {
	/// Something that turns until it is finished.
	pub fn spinner(self, what: &str) -> ProgressBar {
		let bar = ProgressBar::new_spinner().with_message(what.to_string());
		bar.set_draw_target(self.draw_target());
		bar.enable_steady_tick(std::time::Duration::from_millis(120));
		bar
	}

	/// A bar of `total` steps.
	pub fn bar(self, what: &str, total: u64) -> ProgressBar {
		let style = ProgressStyle::with_template(
			"{msg} [{bar:40}] {human_pos}/{human_len} {per_sec} {eta} left",
		)
		.unwrap_or_else(|_| ProgressStyle::default_bar());
		let bar = ProgressBar::new(total).with_style(style).with_message(what.to_string());
		bar.set_draw_target(self.draw_target());
		bar
	}

	fn draw_target(self) -> ProgressDrawTarget {
		match self {
			Self::Shown => ProgressDrawTarget::stderr(),
			Self::Hidden => ProgressDrawTarget::hidden(),
		}
	}
}
