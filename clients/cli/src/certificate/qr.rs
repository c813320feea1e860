use qrcodegen::{QrCode, QrCodeEcc};

/// Modules that stay white around a code (ISO/IEC 18004, 9.1): readers do not find it without them.
pub const QUIET: f32 = 4.0;

/// The dark modules of a QR code, column and row from the top left, and its width in modules; `None`
/// when the text is too long for one. A text in upper case makes the smallest code with the largest modules.
pub fn modules(text: &str) -> Option<(Vec<(i32, i32)>, i32)> {
	let code = QrCode::encode_text(text, QrCodeEcc::Quartile).ok()?;
	let size = code.size();
	let all = (0..size).flat_map(|row| (0..size).map(move |column| (column, row)));
	Some((all.filter(|(column, row)| code.get_module(*column, *row)).collect(), size))
}
