//! Tasks without which a node cannot go on.

use futures::future::BoxFuture;
use futures_timer::Delay;
use sc_service::SpawnEssentialTaskHandle;
use sp_core::traits::SpawnEssentialNamed;
use std::time::Duration;

/// How long a task that ended waits for the end of the node.
const GRACE: Duration = Duration::from_secs(2);

/// Spawns essential tasks. One that ends because the node stops has not failed.
///
/// A stop ends all tasks at once. Some notice that the other end of a channel is gone before they notice the stop, and
/// the SDK would report each of them as failed. So a task that ended lingers: within that time a stop takes it
/// away, and the end of a task while the node runs is reported after it. A panic is reported at once.
#[derive(Clone)]
pub struct Essential(pub SpawnEssentialTaskHandle);

impl SpawnEssentialNamed for Essential {
	fn spawn_essential_blocking(
		&self,
		name: &'static str,
		group: Option<&'static str>,
		task: BoxFuture<'static, ()>,
	) {
		self.0.spawn_blocking(name, group, lingering(task));
	}

	fn spawn_essential(
		&self,
		name: &'static str,
		group: Option<&'static str>,
		task: BoxFuture<'static, ()>,
	) {
		self.0.spawn(name, group, lingering(task));
	}
}

async fn lingering(task: BoxFuture<'static, ()>) {
	task.await;
	Delay::new(GRACE).await;
}

#[cfg(test)]
mod tests {
	use super::*;
	use futures::{channel::mpsc, FutureExt, StreamExt};
	use sc_service::TaskManager;

	async fn manager() -> TaskManager {
		TaskManager::new(tokio::runtime::Handle::current(), None).unwrap()
	}

	#[tokio::test(flavor = "multi_thread")]
	async fn a_task_that_ends_while_the_node_runs_ends_the_node() {
		let mut tasks = manager().await;
		let essential = Essential(tasks.spawn_essential_handle());
		essential.spawn_essential("short", None, async {}.boxed());
		assert!(tasks.future().await.is_err());
	}

	#[tokio::test(flavor = "multi_thread")]
	async fn a_task_whose_channel_is_closed_by_a_stop_does_not_fail() {
		let mut tasks = manager().await;
		let essential = Essential(tasks.spawn_essential_handle());
		let (channel, mut other_end) = mpsc::unbounded::<()>();
		let (told, mut ended) = mpsc::unbounded();
		let listen = async move {
			while other_end.next().await.is_some() {}
			told.unbounded_send(()).unwrap();
		};
		essential.spawn_essential_blocking("listens", None, listen.boxed());
		drop(channel);
		ended.next().await.expect("it noticed its channel first");
		assert!(tasks.future().now_or_never().is_none(), "nothing failed yet");
		let registry = tasks.into_task_registry();
		while !registry.running_tasks().is_empty() {
			tokio::time::sleep(Duration::from_millis(5)).await;
		}
	}
}
