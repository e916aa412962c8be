(function () {
  'use strict';
  var root = document.documentElement;
  var options = JSON.parse(document.getElementById('data').textContent).charts || [];
  var places = Array.prototype.slice.call(document.querySelectorAll('[data-chart]'));
  var dark = window.matchMedia('(prefers-color-scheme: dark)');
  var button = document.getElementById('theme');

  function theme() {
    return root.dataset.theme || (dark.matches ? 'dark' : 'light');
  }

  // Colours stand in the options by the names of the style sheet's properties, and only under keys of colours.
  function paint(node, colour, style) {
    if (typeof node === 'string') {
      return colour && node.slice(0, 2) === '--' ? style.getPropertyValue(node).trim() : node;
    }
    if (Array.isArray(node)) {
      return node.map(function (item) { return paint(item, colour, style); });
    }
    if (node === null || typeof node !== 'object') {
      return node;
    }
    var copy = {};
    Object.keys(node).forEach(function (key) {
      copy[key] = paint(node[key], /color$/i.test(key), style);
    });
    return copy;
  }

  function draw() {
    var style = getComputedStyle(root);
    places.forEach(function (place) {
      var old = echarts.getInstanceByDom(place);
      if (old) {
        old.dispose();
      }
      echarts.init(place, null, {renderer: 'svg'}).setOption(paint(options[place.dataset.chart], false, style));
    });
    button.textContent = theme() === 'dark' ? 'Light' : 'Dark';
    button.setAttribute('aria-label', 'Change to ' + button.textContent.toLowerCase() + ' colours');
  }

  function resize() {
    places.forEach(function (place) {
      var chart = echarts.getInstanceByDom(place);
      if (chart) {
        chart.resize();
      }
    });
  }

  function choose(name) {
    if (name) {
      root.dataset.theme = name;
    } else {
      delete root.dataset.theme;
    }
    draw();
  }

  button.hidden = false;
  button.addEventListener('click', function () {
    choose(theme() === 'dark' ? 'light' : 'dark');
  });
  dark.addEventListener('change', draw);
  window.addEventListener('resize', function () {
    if (!printing) {
      resize();
    }
  });

  // Paper is white, and an A4 page has about 640 pixels for a chart.
  var before;
  var printing = false;
  window.addEventListener('beforeprint', function () {
    before = root.dataset.theme;
    printing = true;
    choose('light');
    places.forEach(function (place) {
      var half = place.parentElement.classList.contains('half');
      echarts.getInstanceByDom(place).resize({width: half ? 290 : 640});
    });
  });
  window.addEventListener('afterprint', function () {
    printing = false;
    choose(before);
  });

  draw();
})();
