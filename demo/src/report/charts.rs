//! Charts as SVG, to be set into the page.

use crate::summary::{Bin, Summary};
use anyhow::{anyhow, Result};
use plotters::{prelude::*, style::Color};

const BLUE: RGBColor = RGBColor(43, 92, 138);
const AMBER: RGBColor = RGBColor(201, 138, 46);
const GREEN: RGBColor = RGBColor(46, 125, 91);
const GREY: RGBColor = RGBColor(120, 126, 134);
const FONT: &str = "sans-serif";

/// How many lenders are owed how much, and what share of the amount that is.
pub fn histogram(bins: &[Bin]) -> Result<String> {
	let bins: Vec<&Bin> = bins.iter().collect();
	let (heads, fen): (u32, u128) =
		(bins.iter().map(|bin| bin.heads).sum(), bins.iter().map(|bin| bin.fen).sum());
	let share = |part: f64, whole: f64| if whole > 0.0 { part / whole * 100.0 } else { 0.0 };
	let shares: Vec<(f64, f64)> = bins
		.iter()
		.map(|bin| (share(bin.heads.into(), heads.into()), share(bin.fen as f64, fen as f64)))
		.collect();
	let top = shares.iter().fold(10.0f64, |top, (heads, fen)| top.max(*heads).max(*fen)) * 1.15;
	let labels: Vec<String> = bins.iter().map(|bin| range(bin)).collect();
	draw(900, 300, |area| {
		let mut chart = ChartBuilder::on(area)
			.margin(8)
			.x_label_area_size(34)
			.y_label_area_size(46)
			.build_cartesian_2d(0.0..bins.len() as f64, 0.0..top)?;
		chart
			.configure_mesh()
			.disable_x_mesh()
			.disable_x_axis()
			.y_labels(5)
			.y_label_formatter(&|percent| format!("{percent:.0}%"))
			.light_line_style(TRANSPARENT)
			.bold_line_style(GREY.mix(0.25))
			.axis_style(GREY)
			.label_style((FONT, 13).into_font().color(&GREY))
			.draw()?;
		for (at, (heads, fen)) in shares.iter().enumerate() {
			let left = at as f64;
			let bar = |from: f64, height: f64, colour: RGBColor| {
				Rectangle::new([(left + from, 0.0), (left + from + 0.34, height)], colour.filled())
			};
			chart.draw_series([bar(0.14, *heads, BLUE), bar(0.52, *fen, AMBER)])?;
		}
		for (at, label) in labels.iter().enumerate() {
			let style = (FONT, 13).into_font().color(&GREY);
			let pos = plotters::style::text_anchor::Pos::new(
				plotters::style::text_anchor::HPos::Center,
				plotters::style::text_anchor::VPos::Top,
			);
			let (x, y) = chart.backend_coord(&(at as f64 + 0.5, 0.0));
			area.draw(&Text::new(label.clone(), (x, y + 8), style.pos(pos)))?;
		}
		Ok(())
	})
}

/// What was promised until when, against what was paid.
pub fn payments(summary: &Summary) -> Result<String> {
	let lists = &summary.payment_lists;
	let start = lists
		.iter()
		.map(|list| list.at)
		.chain(summary.payments.iter().map(|instalment| instalment.due_at))
		.min()
		.unwrap_or_default()
		.saturating_sub(8_000);
	let seconds = |at: u64| at.saturating_sub(start) as f64 / 1_000.0;
	let promised = summary.payments.iter().map(|i| (seconds(i.due_at), i.promised));
	let mut paid: Vec<_> = lists.iter().map(|list| (seconds(list.at), list.fen)).collect();
	paid.sort_by(|one, other| one.0.total_cmp(&other.0));
	let end = paid.iter().map(|(at, _)| *at).chain(promised.clone().map(|(at, _)| at));
	let end = end.fold(10.0f64, f64::max) + 8.0;
	let (promised, paid) = (steps(promised, end), steps(paid.into_iter(), end));
	let top = promised.iter().chain(&paid).fold(1.0f64, |top, (_, yuan)| top.max(*yuan)) * 1.1;
	draw(900, 280, |area| {
		let mut chart = ChartBuilder::on(area)
			.margin(8)
			.x_label_area_size(30)
			.y_label_area_size(74)
			.build_cartesian_2d(0.0..end, 0.0..top)?;
		chart
			.configure_mesh()
			.disable_x_mesh()
			.y_labels(5)
			.y_label_formatter(&|yuan| format!("{:.1} M", yuan / 1e6))
			.x_label_formatter(&|seconds| format!("{seconds:.0} s"))
			.light_line_style(TRANSPARENT)
			.bold_line_style(GREY.mix(0.25))
			.axis_style(GREY)
			.label_style((FONT, 13).into_font().color(&GREY))
			.draw()?;
		chart.draw_series(AreaSeries::new(paid.clone(), 0.0, GREEN.mix(0.12)))?;
		chart.draw_series(LineSeries::new(paid.clone(), GREEN.stroke_width(3)))?;
		chart.draw_series(DashedLineSeries::new(promised.clone(), 6, 4, BLUE.stroke_width(2)))?;
		Ok(())
	})
}

/// A line that rises at each moment by an amount in fen; heights in yuan.
fn steps(rises: impl Iterator<Item = (f64, u128)>, end: f64) -> Vec<(f64, f64)> {
	let (mut line, mut height) = (vec![(0.0, 0.0)], 0.0);
	for (at, fen) in rises {
		line.push((at, height));
		height += fen as f64 / 100.0;
		line.push((at, height));
	}
	line.push((end, height));
	line
}

fn range(bin: &Bin) -> String {
	let short = |yuan: u64| match yuan {
		y if y >= 1_000_000 => format!("{}M", y / 1_000_000),
		y if y >= 1_000 => format!("{}k", y / 1_000),
		y => y.to_string(),
	};
	match bin.from {
		0 => format!("< {}", short(bin.to)),
		from => format!("{}–{}", short(from), short(bin.to)),
	}
}

type Area<'a> = DrawingArea<SVGBackend<'a>, plotters::coord::Shift>;
type DrawError = DrawingAreaErrorKind<std::io::Error>;

fn draw(
	width: u32,
	height: u32,
	paint: impl FnOnce(&Area<'_>) -> Result<(), DrawError>,
) -> Result<String> {
	let mut svg = String::new();
	{
		let area = SVGBackend::with_string(&mut svg, (width, height)).into_drawing_area();
		paint(&area).map_err(|error| anyhow!("cannot draw a chart: {error}"))?;
		area.present().map_err(|error| anyhow!("cannot draw a chart: {error}"))?;
	}
	// The page scales it.
	let size = format!("width=\"{width}\" height=\"{height}\"");
	Ok(svg.replacen(&size, "class=\"chart\"", 1))
}
