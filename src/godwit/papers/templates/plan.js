// Shows one role's tasks. Without this script the page shows everybody's.
(() => {
  const choice = document.getElementById("role");
  const told = document.getElementById("role-told");
  document.getElementById("filter").hidden = false;
  const folds = [...document.querySelectorAll("details.phase")];
  choice.addEventListener("change", () => {
    const role = choice.value;
    const fits = (one) => !role || one.dataset.roles.split(" ").includes(role);
    let shown = 0;
    for (const fold of folds) {
      const rows = [...fold.querySelectorAll("tr[data-roles]")];
      const kept = rows.filter(fits);
      for (const row of rows) row.hidden = !fits(row);
      for (const bar of fold.querySelectorAll("g[data-roles]")) bar.classList.toggle("others", !fits(bar));
      fold.hidden = kept.length === 0;
      fold.open = Boolean(role) && kept.length > 0;
      shown += kept.length;
    }
    told.textContent = role ? `${shown} tasks` : "";
  });
})();
