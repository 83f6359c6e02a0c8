(function () {
  var diagram = document.querySelector(".diagram");
  var all = diagram.querySelectorAll("details");
  var tools = document.createElement("p");
  tools.className = "tools";

  function button(text, open) {
    var one = document.createElement("button");
    one.type = "button";
    one.textContent = text;
    one.onclick = function () {
      all.forEach(function (details) { details.open = open; });
    };
    tools.append(one);
  }

  if (all.length) {
    button("Open all bytes", true);
    button("Close all bytes", false);
  }
  var names = new Map();
  diagram.querySelectorAll("q small").forEach(function (badge) {
    var row = badge.closest("li");
    var name = Array.from(row.classList).find(function (one) { return (/^c\d+$/).test(one); });
    names.set(name, badge.textContent);
  });
  if (names.size > 1) {
    var choice = document.createElement("select");
    choice.setAttribute("aria-label", "Connections to show");
    choice.append(new Option("all connections", ""));
    names.forEach(function (text, name) { choice.append(new Option("connection " + text, name)); });
    choice.onchange = function () {
      diagram.querySelectorAll("li").forEach(function (row) {
        row.hidden = choice.value ? !row.classList.contains(choice.value) : false;
      });
    };
    tools.append(choice);
  }
  if (tools.childElementCount) {
    diagram.before(tools);
  }
})();
