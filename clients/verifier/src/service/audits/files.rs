//! From the names in an order to files of the service's folder, and to nothing else.

use super::{Order, Refusal};
use axum::http::StatusCode;
use std::path::{Path, PathBuf};

const ARCHIVES: &str = "archives";
const EXPORTS: &str = "exports";
/// Endings of files that are databases.
const DATABASES: [&str; 2] = ["sqlite", "db"];
/// Most characters of a name.
const NAME: usize = 100;

/// Where an audit reads from.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Files {
	/// The archive; `None` when it is to be fetched.
	pub archive: Option<PathBuf>,
	/// The export, as the command line names one.
	pub export: Option<String>,
}

impl Files {
	/// The files of an order. An archive may be left out when there is a node.
	pub fn of(order: &Order, data: &Path, has_node: bool) -> Result<Self, Refusal> {
		let archive = match &order.archive {
			Some(name) => Some(find(data, ARCHIVES, name)?),
			None if has_node => None,
			None => {
				return Err(Refusal::new(
					StatusCode::SERVICE_UNAVAILABLE,
					"no_node",
					"this service has no node to fetch from: name an archive",
				))
			}
		};
		let export = order.export.as_deref().map(|name| export(data, name)).transpose()?;
		Ok(Self { archive, export })
	}
}

fn export(data: &Path, name: &str) -> Result<String, Refusal> {
	let path = find(data, EXPORTS, name)?;
	let is_database =
		path.extension().is_some_and(|ending| DATABASES.iter().any(|known| ending == *known));
	let path = path.to_str().ok_or_else(|| no_name(EXPORTS))?;
	Ok(if is_database { format!("sqlite:{path}") } else { path.into() })
}

/// A file or folder directly in `folder`, also after every link was followed.
fn find(data: &Path, folder: &'static str, name: &str) -> Result<PathBuf, Refusal> {
	let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"._-".contains(&byte);
	if name.is_empty() || name.len() > NAME || name.starts_with('.') || !name.bytes().all(is_plain)
	{
		return Err(no_name(folder));
	}
	let missing =
		|_| Refusal::missing("no_such_file", format!("there is no such file in {folder}"));
	let folder = data.join(folder).canonicalize().map_err(missing)?;
	let path = folder.join(name).canonicalize().map_err(missing)?;
	match path.parent() == Some(&folder) {
		true => Ok(path),
		false => Err(missing(std::io::ErrorKind::NotFound.into())),
	}
}

fn no_name(folder: &str) -> Refusal {
	Refusal::bad(
		"not_a_name",
		format!(
			"a file in {folder} is named by at most {NAME} letters, digits, dots, hyphens and underscores, not \
			 beginning with a dot"
		),
	)
}
